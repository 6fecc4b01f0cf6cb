using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

internal sealed class SpecialistDesk(
    StaffAdmission admission, Tenants tenants, TenantRules rules, RegionChanges regions, Invitations invitations, ITenantNames names, RemoteCalls calls, TimeProvider time) : ISpecialistDesk
{
    private static readonly CallLimit NameLimit = new(TimeSpan.FromSeconds(30));

    public async Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Added(null, fault);

        var (entraId, domain, problem) = await ResolveAsync(details.TenantOrDomain.Trim(), cancellationToken);
        if (entraId is not { } id)
            return new Added(null, problem);

        var row = new CustomerTenant { EntraTenantId = id, Name = "", Region = "", Domain = domain, CreatedAt = time.GetUtcNow() };
        rules.Write(details, row);
        var (tenantId, isNew) = await tenants.AddAsync(row, actor, cancellationToken);
        return isNew ? new Added(tenantId, null) : new Added(tenantId, new Sentence("Tenants.Fault.There"));
    }

    public async Task<Decision> ChangeAsync(Actor actor, Guid tenantId, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Decision(fault);

        var isThere = await tenants.ChangeAsync(tenantId, row => Change(actor, row, details), cancellationToken);
        if (isThere)
            await regions.CheckAsync(tenantId, cancellationToken);
        return Answer(isThere);
    }

    public async Task<NewInvitation> InviteAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        return await invitations.CreateAsync(actor, tenantId, cancellationToken);
    }

    public async Task RevokeInvitationAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        await invitations.RevokeAsync(actor, tenantId, invitationId, cancellationToken);
    }

    public async Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        return Answer(await tenants.SetReadyAsync(tenantId, ready, actor.Mention, actor.Access, cancellationToken));
    }

    public async Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string note, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (note.Length > CustomerTenantConfiguration.NoteLength)
            return new Decision(new Sentence("Tenants.Fault.Note"));

        return Answer(await tenants.ChangeAsync(tenantId, row =>
        {
            row.Note = note.Trim() is { Length: > 0 } text ? text : null;
            return [Line(row, JournalKind.TenantChanged, "Engine.NoteWritten", actor)];
        }, cancellationToken));
    }

    private List<JournalLine> Change(Actor actor, CustomerTenant row, TenantDetails details)
    {
        var (name, region, package, ids) = (row.Name, row.Region, row.Package, row.ApplicationIdsJson);
        rules.Write(details, row);
        var facts = new AuditData { ["name"] = row.Name, ["region"] = row.Region, ["package"] = row.Package, ["applicationIds"] = row.ApplicationIdsJson };
        (facts["nameBefore"], facts["regionBefore"], facts["packageBefore"], facts["applicationIdsBefore"]) = (name, region, package, ids);
        List<JournalLine> lines = [Line(row, JournalKind.TenantChanged, "Engine.TenantChanged", actor) with { Facts = facts }];
        // Nobody has said yet that these recorders answer.
        if (row.Ready && (region != row.Region || ids != row.ApplicationIdsJson))
            lines.Add(tenants.SetReady(row, ready: false, actor.Mention, actor.Access));
        return lines;
    }

    private async Task<(Guid? Id, string? Domain, Sentence? Problem)> ResolveAsync(string tenantOrDomain, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(tenantOrDomain, out var given))
            return given == Guid.Empty ? (null, null, new Sentence("Tenants.Fault.Tenant")) : (given, null, null);

        var answer = await calls.AskAsync(token => names.FindAsync(tenantOrDomain, token), NameLimit, _ => null, cancellationToken);
        return answer.Trouble is { } trouble ? (null, null, trouble.Words)
            : answer.Value is { } found ? (found, tenantOrDomain, null)
            : (null, null, new Sentence("Tenants.Fault.Tenant"));
    }

    private static JournalLine Line(CustomerTenant row, JournalKind kind, string key, Actor actor) =>
        new(row.Id, null, kind, new Sentence(key, actor.Mention)) { Person = actor.Access.PersonId, PersonTenant = actor.Access.TenantId };

    private static Decision Answer(bool isThere) => isThere ? Decision.Accepted : new Decision(new Sentence("Tenants.Fault.Gone"));
}
