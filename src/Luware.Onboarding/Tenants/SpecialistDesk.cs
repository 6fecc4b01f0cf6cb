using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal sealed class SpecialistDesk(
    StaffAdmission admission, Tenants tenants, TenantRules rules, RegionChanges regions, Invitations invitations, ITenantNames names, People people, RemoteCalls calls, IOptions<StaffOptions> staff, TimeProvider time)
    : ISpecialistDesk
{
    private const string TenantChanged = "Engine.TenantChanged";

    private static readonly CallLimit NameLimit = new(TimeSpan.FromSeconds(30));

    public async Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Added(null, fault);

        var (entraId, domain, problem) = await ResolveAsync(details.TenantOrDomain.Trim(), cancellationToken);
        if (entraId is not { } id)
            return new Added(null, problem);
        // Luware's own people would be both customers and the ones who release what customers wait for, and two audit chains would become one.
        if (id == staff.Value.Tenant)
            return new Added(null, new Sentence("Tenants.Fault.OwnTenant"));

        var row = new CustomerTenant { EntraTenantId = id, Name = "", Region = "", Domain = domain, CreatedAt = time.GetUtcNow() };
        rules.Write(details, row);
        var (tenantId, isNew) = await tenants.AddAsync(row, actor, cancellationToken);
        return isNew ? new Added(tenantId, null) : new Added(tenantId, new Sentence("Tenants.Fault.There"));
    }

    public async Task<Changed> ChangeAsync(Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Changed(fault);

        Meanwhile? meanwhile = null;
        var isThere = await tenants.ChangeAsync(tenantId, async (db, row) =>
        {
            // Compares what the form shows, not the row's version, which also rises with notes, invitations and runs that the form does not overwrite.
            meanwhile = TenantRules.Read(row) is var now && seen.ChangesTo(now).Count > 0 ? new Meanwhile(await LastEditorAsync(db, row, cancellationToken), now) : null;
            if (meanwhile is not null)
                return [];

            var region = row.Region;
            var lines = Change(actor, row, details);
            await regions.MarkAsync(db, row, onlyIds: row.Region == region, cancellationToken);
            return lines;
        }, cancellationToken);
        return new Changed(Answer(isThere).Problem, meanwhile);
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

    public async Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string seen, string note, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (note.Length > CustomerTenantConfiguration.NoteLength)
            return new Decision(new Sentence("Tenants.Fault.Note"));

        var isAnother = false;
        var isThere = await tenants.ChangeAsync(tenantId, row =>
        {
            isAnother = (row.Note ?? "") != seen;
            if (isAnother)
                return [];

            row.Note = note.Trim() is { Length: > 0 } text ? text : null;
            return [Line(row, JournalKind.TenantChanged, "Engine.NoteWritten", actor)];
        }, cancellationToken);
        return isAnother ? new Decision(new Sentence("Tenants.Fault.NoteChanged")) : Answer(isThere);
    }

    private async Task<string?> LastEditorAsync(PortalDbContext db, CustomerTenant row, CancellationToken cancellationToken)
    {
        var texts = db.Journal.Where(e => e.Kind == JournalKind.TenantChanged).OrderByDescending(e => e.At).Select(e => e.TextJson).AsAsyncEnumerable();
        await foreach (var text in texts.WithCancellation(cancellationToken))
        {
            if (EngineJson.Read<Sentence>(text) is { Key: TenantChanged } said)
                return (await people.NamesAsync(db, row.Id, cancellationToken)).In(said.Arguments[0]);
        }

        return null;
    }

    private List<JournalLine> Change(Actor actor, CustomerTenant row, TenantDetails details)
    {
        var (region, ids, before) = (row.Region, row.ApplicationIdsJson, TenantRules.Facts(row));
        rules.Write(details, row);
        var facts = TenantRules.Facts(row);
        foreach (var (name, value) in before)
            facts[$"{name}Before"] = value;
        List<JournalLine> lines = [Line(row, JournalKind.TenantChanged, TenantChanged, actor) with { Facts = facts }];
        // Nobody has asserted yet that these recorders are ready.
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
