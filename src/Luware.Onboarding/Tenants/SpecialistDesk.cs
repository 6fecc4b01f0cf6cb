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
    StaffAdmission admission, TenantChanges tenants, TenantRules rules, RegionChanges regions, Invitations invitations, EntraTenants entra, People people, Journal journal,
    IOptions<StaffOptions> staff, TimeProvider time)
    : ISpecialistDesk
{
    private const string TenantChanged = "Engine.TenantChanged";

    private static readonly Sentence Gone = new("Tenants.Fault.Gone");

    public async Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Added(null, fault);

        var (entraId, domain, problem) = await entra.FindAsync(details.TenantOrDomain.Trim(), cancellationToken);
        if (entraId is not { } id)
            return new Added(null, problem);
        // Luware's own people would be both the customer and the ones who release what it waits for, and two audit chains would become one.
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

        return await tenants.ChangeAsync(tenantId, ifGone: new Changed(Gone), async (db, row) =>
        {
            // Compares what the form shows instead of the row's version, which also rises with notes, invitations and runs, which the form does not overwrite.
            var now = TenantRules.Read(row);
            if (seen.ChangesTo(now).Count > 0)
                return new Changed(null, new Meanwhile(await LastEditorAsync(db, row, cancellationToken), now));

            var region = row.Region;
            foreach (var line in Change(actor, row, details))
                journal.Add(db, line);
            await regions.MarkAsync(db, row, onlyIds: row.Region == region, cancellationToken);
            return new Changed(null);
        }, cancellationToken);
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

    public async Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, IReadOnlyCollection<Guid> seen, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        return await tenants.SetReadyAsync(tenantId, ready, seen, actor, cancellationToken) ? Decision.Accepted : new Decision(Gone);
    }

    public async Task<Decision> SetClosedAsync(Actor actor, Guid tenantId, bool closed, bool withTakingBack, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        return new Decision(await tenants.SetClosedAsync(tenantId, closed, withTakingBack, actor, ifGone: Gone, cancellationToken));
    }

    public async Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string seen, string note, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (note.Length > CustomerTenantConfiguration.NoteLength)
            return new Decision(new Sentence("Tenants.Fault.Note"));

        return await tenants.ChangeAsync(tenantId, ifGone: new Decision(Gone), (db, row) =>
        {
            if ((row.Note ?? "") != seen)
                return Task.FromResult(new Decision(new Sentence("Tenants.Fault.NoteChanged")));

            row.Note = note.Trim() is { Length: > 0 } text ? text : null;
            journal.Add(db, Line(row, JournalKind.TenantChanged, "Engine.NoteWritten", actor));
            return Task.FromResult(Decision.Accepted);
        }, cancellationToken);
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
            lines.Add(tenants.SetReady(row, groups: null, actor.Mention, actor.Access));
        return lines;
    }

    private static JournalLine Line(CustomerTenant row, JournalKind kind, string key, Actor actor) =>
        new(row.Id, null, kind, new Sentence(key, actor.Mention)) { Person = actor.Access.PersonId, PersonTenant = actor.Access.TenantId };
}
