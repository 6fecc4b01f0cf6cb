using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

internal sealed class SpecialistDesk(
    StaffAdmission admission, TenantChanges tenants, TenantRules rules, RegionChanges regions, Invitations invitations, EntraTenants entra, People people,
    Journal journal, IOptions<StaffOptions> staff, TimeProvider time)
    : ISpecialistDesk
{
    /// <summary>The journal's text key of a changed note.</summary>
    public const string NoteWritten = "Engine.NoteWritten";

    private const string TenantChanged = "Engine.TenantChanged", FieldsChanged = "Engine.TenantFieldsChanged", TenantMoved = "Engine.TenantMoved";

    private static readonly Sentence Gone = new("Tenants.Fault.Gone");

    public async Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        if (rules.FindFault(details) is { } fault)
            return new Added(null, fault);

        var found = await entra.FindAsync(details.TenantOrDomain, cancellationToken);
        if (found.Id is not { } id)
            return new Added(null, found.Problem);
        // Luware's own people would be both the customer and the ones who release what it waits for, and two audit chains would become one.
        if (id == staff.Value.Tenant)
            return new Added(null, new Sentence("Tenants.Fault.OwnTenant"));

        var row = new CustomerTenant { EntraTenantId = id, Name = "", Region = "", Domain = found.Domain, CreatedAt = time.GetUtcNow() };
        rules.Write(details, row);
        var there = await tenants.AddAsync(row, actor, cancellationToken);
        return there.Id == row.Id ? new Added(there.Id, null) { IsUnproven = found.Problem is not null }
            : new Added(there.Id, new Sentence(there.ClosedAt is null ? "Tenants.Fault.There" : "Tenants.Fault.ThereClosed"));
    }

    public async Task<Changed> ChangeAsync(
        Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details, Undoing? read, CancellationToken cancellationToken)
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

            if (await UndoesAsync(db, row, details, cancellationToken) is { IsAnything: true } undoes && undoes != read)
                return new Changed(null, Undoes: undoes);

            var before = row.Region;
            foreach (var line in Change(actor, row, details))
                journal.Add(db, line);
            var why = before == row.Region ? new Sentence("Engine.ApplicationIdsChanged") : new Sentence("Engine.RegionMoved", regions.NameOf(row.Region));
            await regions.MarkAsync(db, row, why, cancellationToken);
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

    public async Task<Decision> SetClosedAsync(Actor actor, Guid tenantId, bool closed, Sentence? read, CancellationToken cancellationToken)
    {
        await admission.AdmitSpecialistAsync(actor, cancellationToken);
        return new Decision(await tenants.SetClosedAsync(tenantId, closed, read, actor, ifGone: Gone, cancellationToken));
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
            journal.Add(db, Line(row, JournalKind.TenantChanged, new Sentence(NoteWritten, actor.Mention), actor));
            return Task.FromResult(Decision.Accepted);
        }, cancellationToken);
    }

    private async Task<string?> LastEditorAsync(PortalDbContext db, CustomerTenant row, CancellationToken cancellationToken)
    {
        var texts = db.Journal.Where(e => e.Kind == JournalKind.TenantChanged).OrderByDescending(e => e.At).Select(e => e.TextJson).AsAsyncEnumerable();
        await foreach (var text in texts.WithCancellation(cancellationToken))
        {
            if (EngineJson.Read<Sentence>(text) is { Key: TenantChanged or FieldsChanged or TenantMoved } said)
                return (await people.NamesAsync(db, row.Id, cancellationToken)).In(said.Arguments[0]);
        }

        return null;
    }

    /// <summary>What the change would undo; null if it is about neither the region nor the application ids.</summary>
    private async Task<Undoing?> UndoesAsync(PortalDbContext db, CustomerTenant row, TenantDetails details, CancellationToken cancellationToken)
    {
        var next = new CustomerTenant { EntraTenantId = row.EntraTenantId, Name = row.Name, Region = row.Region, CreatedAt = row.CreatedAt };
        rules.Write(details, next);
        if (next.Region == row.Region && next.ApplicationIdsJson == row.ApplicationIdsJson)
            return null;

        return new Undoing(
            await regions.CountAsync(db, next, cancellationToken),
            await db.Runs.Where(Run.Active).AnyAsync(r => r.Kind == RunKind.Apply, cancellationToken),
            row.Ready,
            (await Journal.NotTakenBackAsync(db, cancellationToken)).Contains(GrantsStep.StepName));
    }

    private List<JournalLine> Change(Actor actor, CustomerTenant row, TenantDetails details)
    {
        var (region, ids, before, was) = (row.Region, row.ApplicationIdsJson, TenantRules.Facts(row), TenantRules.Read(row));
        rules.Write(details, row);
        var facts = TenantRules.Facts(row);
        foreach (var (name, value) in before)
            facts[$"{name}Before"] = value;
        List<JournalLine> lines = [Line(row, JournalKind.TenantChanged, Said(actor, was, TenantRules.Read(row)), actor) with { Facts = facts }];
        // Nobody has asserted yet that these recorders are ready.
        if (row.Ready && (region != row.Region || ids != row.ApplicationIdsJson))
            lines.Add(tenants.SetReady(row, groups: null, actor.Mention, actor.Access));
        return lines;
    }

    /// <summary>What was changed, the region with its values and last. Values of other fields may name people, whose names must be erasable.</summary>
    private Sentence Said(Actor actor, TenantDetails was, TenantDetails now)
    {
        var keys = was.ChangesTo(now).OrderBy(c => c.Field == nameof(TenantDetails.Region)).Select(c => c.Word).Distinct(StringComparer.Ordinal).ToList();
        return was.Region != now.Region
            ? new Sentence(TenantMoved, actor.Mention, Sentence.KeyArgument(keys), regions.NameOf(was.Region), regions.NameOf(now.Region))
            : keys.Count > 0 ? new Sentence(FieldsChanged, actor.Mention, Sentence.KeyArgument(keys))
            : new Sentence(TenantChanged, actor.Mention);
    }

    private static JournalLine Line(CustomerTenant row, JournalKind kind, Sentence said, Actor actor) =>
        new(row.Id, null, kind, said) { Person = actor.Access.PersonId, PersonTenant = actor.Access.TenantId };
}
