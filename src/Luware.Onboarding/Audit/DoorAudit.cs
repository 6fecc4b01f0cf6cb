using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

internal sealed class DoorAudit(IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, CustomerTenants customers, Staff staff, RunFeed feed) : IAudit
{
    public async Task SignedInAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is not { } chain)
            return;

        await contexts.ChangeAsync(chain, async db =>
        {
            await People.KnowAsync(db, chain, actor, cancellationToken);
            trail.Add(db, Line(chain, AuditKinds.SignedIn, actor) with
            {
                Data = new AuditData { ["roles"] = actor.Roles.Order(), ["appRoles"] = actor.AppRoles.Order(StringComparer.Ordinal), ["byLink"] = actor.IsByLink },
            });
        }, cancellationToken);
        // Whoever follows the tenant has read an id until now, where a name can stand.
        feed.Publish(chain);
    }

    public async Task SignedOutAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is { } chain)
            await trail.WriteAsync(Line(chain, AuditKinds.SignedOut, actor), cancellationToken);
    }

    public async Task DownloadedAsync(Actor actor, Guid entraTenantId, string file, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(entraTenantId, cancellationToken) is not { } customer)
            return;

        var isTheirs = actor.Access.TenantId == entraTenantId;
        await trail.WriteAsync(Line(customer.Id, AuditKinds.Downloaded, actor) with { Subject = file, PersonTenant = isTheirs ? null : actor.Access.TenantId }, cancellationToken);
    }

    public Task ExportedAsync(Actor actor, CockpitView view, CockpitPage found, CancellationToken cancellationToken) =>
        ExportedAsync(actor, new AuditData { ["filters"] = view.Filters, ["rows"] = found.Total, ["orMore"] = found.IsMore }, cancellationToken);

    public Task ExportedAsync(Actor actor, string file, CancellationToken cancellationToken) => ExportedAsync(actor, new AuditData { ["file"] = file }, cancellationToken);

    private async Task ExportedAsync(Actor actor, AuditData data, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is { } chain)
            await trail.WriteAsync(Line(chain, AuditKinds.Exported, actor) with { Data = data }, cancellationToken);
    }

    /// <summary>The chain of the person's own tenant. Luware's people have one that is no customer's, under the id of their tenant in Entra.</summary>
    private async Task<Guid?> ChainAsync(Actor actor, CancellationToken cancellationToken) =>
        (await customers.FindAsync(actor.Access.TenantId, cancellationToken))?.Id ?? (staff.IsStaff(actor) ? actor.Access.TenantId : null);

    private static AuditLine Line(Guid chain, string kind, Actor actor) => new(chain, kind) { Person = actor.Access.PersonId };
}
