using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

internal sealed class AuditWriter(
    IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, Refusals refusals, CustomerTenants customers, Admission admission, Staff staff,
    IOptions<StaffOptions> luware, RunFeed feed)
    : IAudit
{
    public async Task SignedInAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is not { } chain)
        {
            await (luware.Value.Tenant == actor.Access.TenantId
                ? refusals.WriteAsync(WithoutRight(actor.Access.TenantId, actor), cancellationToken)
                : RefusedAsync(actor.Access.TenantId, actor.Access.PersonId, "NoRight", cancellationToken));
            return;
        }

        var isAdmitted = await IsAdmittedAsync(actor, cancellationToken);
        await contexts.ChangeAsync(chain, async db =>
        {
            // Also for a person who may not see anything yet: a role that they activate later lets them decide without another sign-in.
            await People.KnowAsync(db, chain, actor, cancellationToken);
            if (isAdmitted)
                trail.Add(db, Line(chain, AuditKinds.SignedIn, actor) with { Data = Roles(actor.Roles, actor.AppRoles, ("byLink", actor.IsByLink)) });
            else
                await refusals.AddAsync(db, WithoutRight(chain, actor), cancellationToken);
        }, cancellationToken);
        // Pages of the tenant can now show the name instead of the id.
        feed.Publish(chain);
    }

    public Task OtherAccountAsync(Guid entraTenantId, Guid person, CancellationToken cancellationToken) =>
        RefusedAsync(entraTenantId, person, "OtherAccount", cancellationToken);

    public async Task RoleLostAsync(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is not { } chain)
            return;

        var lost = Roles(actor.Roles.Except(roles), actor.AppRoles.Except(appRoles, StringComparer.Ordinal), ("session", Session(actor)));
        await refusals.WriteAsync(Line(chain, AuditKinds.RoleLost, actor) with { Data = lost }, cancellationToken);
    }

    public async Task RenewalRefusedAsync(Actor actor, string? code, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is { } chain)
        {
            var data = new AuditData { ["code"] = code, ["session"] = Session(actor) };
            await refusals.WriteAsync(Line(chain, AuditKinds.RenewalRefused, actor) with { Data = data }, cancellationToken);
        }
    }

    public async Task SignedOutAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is not { } chain)
            return;

        var line = Line(chain, AuditKinds.SignedOut, actor);
        // People who may see nothing can sign in and out as often as they like, so the number of their entries is limited.
        await (await IsAdmittedAsync(actor, cancellationToken)
            ? trail.WriteAsync(line, cancellationToken)
            : refusals.WriteAsync(line with { Data = new AuditData { ["session"] = Session(actor) } }, cancellationToken));
    }

    public async Task DownloadedAsync(Actor actor, Guid entraTenantId, string file, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(entraTenantId, cancellationToken) is not { } customer)
            return;

        Guid? personTenant = actor.Access.TenantId == entraTenantId ? null : actor.Access.TenantId;
        await trail.WriteAsync(Line(customer.Id, AuditKinds.Downloaded, actor) with { Subject = file, PersonTenant = personTenant }, cancellationToken);
    }

    public Task ExportedAsync(Actor actor, CockpitView view, CockpitPage found, CancellationToken cancellationToken) =>
        ExportedAsync(actor, new AuditData { ["filters"] = view.Filters, ["rows"] = found.Total, ["orMore"] = found.IsMore }, cancellationToken);

    public Task ExportedAsync(Actor actor, string file, CancellationToken cancellationToken) =>
        ExportedAsync(actor, new AuditData { ["file"] = file }, cancellationToken);

    private async Task ExportedAsync(Actor actor, AuditData data, CancellationToken cancellationToken)
    {
        if (await ChainAsync(actor, cancellationToken) is { } chain)
            await trail.WriteAsync(Line(chain, AuditKinds.Exported, actor) with { Data = data }, cancellationToken);
    }

    /// <summary>
    /// Writes a refusal into the chain of the person's own tenant, or of Luware's own people if it has none. If neither exists, nothing is written.
    /// </summary>
    private async Task RefusedAsync(Guid entraTenantId, Guid person, string reason, CancellationToken cancellationToken)
    {
        var customer = await customers.FindAsync(entraTenantId, cancellationToken);
        if ((customer?.Id ?? luware.Value.Tenant) is not { } chain)
            return;

        var isOurs = customer is not null || entraTenantId == chain;
        await refusals.WriteAsync(new AuditLine(chain, isOurs ? AuditKinds.SignInRefused : AuditKinds.StrangerRefused)
        {
            Person = person, PersonTenant = isOurs ? null : entraTenantId, Data = new AuditData { ["reason"] = reason },
        }, cancellationToken);
    }

    private async Task<bool> IsAdmittedAsync(Actor actor, CancellationToken cancellationToken) =>
        await customers.FindAsync(actor.Access.TenantId, cancellationToken) is not { } customer
        || await admission.FindAsync(actor, customer, cancellationToken) is not null;

    private static AuditData Roles(IEnumerable<Guid> roles, IEnumerable<string> appRoles, (string Name, object Value) more) =>
        new() { ["roles"] = roles.Order(), ["appRoles"] = appRoles.Order(StringComparer.Ordinal), [more.Name] = more.Value };

    /// <summary>The chain of the person's own tenant. Luware's people have a chain that belongs to no customer, under the id of their Entra tenant.</summary>
    private async Task<Guid?> ChainAsync(Actor actor, CancellationToken cancellationToken) =>
        (await customers.FindAsync(actor.Access.TenantId, cancellationToken))?.Id ?? (staff.IsStaff(actor) ? actor.Access.TenantId : null);

    /// <summary>
    /// The session id makes it a separate entry, so that the chain contains the sign-in of a person who activates a role later and then decides.
    /// </summary>
    private static AuditLine WithoutRight(Guid chain, Actor actor) =>
        Line(chain, AuditKinds.SignedInWithoutRight, actor) with { Data = new AuditData { ["session"] = Session(actor) } };

    /// <summary>
    /// A short hash that identifies a session: the same on all pages and portals, different after the next sign-in, and useless for signing in.
    /// </summary>
    private static string Session(Actor actor) => TextDigest.Of(actor.Access.SessionId)[..16];

    private static AuditLine Line(Guid chain, string kind, Actor actor) => new(chain, kind) { Person = actor.Access.PersonId };
}
