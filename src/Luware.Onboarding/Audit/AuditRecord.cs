using System.Runtime.CompilerServices;
using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

internal sealed class AuditRecord(
    IDbContextFactory<PortalDbContext> contexts, RecordAdmission records, Staff staff, StaffAdmission admission, AuditVerifier verifier, IAudit audit,
    People people, CustomerTenants tenants, TimeProvider time) : IAuditRecord
{
    private const int PartLength = 50;

    private static readonly JournalKind[] Unclear =
    [
        JournalKind.ActionStarted, JournalKind.ActionDone, JournalKind.ActionWaiting, JournalKind.ActionRefused, JournalKind.ActionFailed, JournalKind.StepHeld,
        JournalKind.StepFailed, JournalKind.TenantChanged,
    ];

    public async Task<AuditPart> ReadAsync(Actor actor, Guid? tenantId, long? before, CancellationToken cancellationToken)
    {
        var customer = await records.AdmitToChainAsync(actor, tenantId, cancellationToken);
        await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
        var entries = await db.Audit.AsNoTracking().Where(e => before == null || e.Sequence < before)
            .OrderByDescending(e => e.Sequence).Take(PartLength + 1).ToListAsync(cancellationToken);
        var names = await people.NamesAsync(db, customer.Id, cancellationToken);
        var told = await ToldAsync(db, entries, cancellationToken);
        var applications = tenants.Show(customer).Region.ConsentApplications.DistinctBy(a => a.ApplicationId)
            .ToDictionary(a => $"{a.ApplicationId}", a => a.DisplayName, StringComparer.Ordinal);
        var rows = entries.Take(PartLength)
            .Select(e => new AuditRow(e.Sequence, e.At, e.Kind, e.Subject, e.Person, e.Person is { } id ? names.Find(id) : null, e.DataJson)
            {
                Says = told.About(e) is { } said
                    // The note is for Luware's own people; customers are not told of it.
                    && (tenantId is not null || said.Key != SpecialistDesk.NoteWritten) ? names.In(said) : null,
                Application = applications.GetValueOrDefault(e.Subject),
            }).ToList();
        return new AuditPart(customer.Name, rows, entries.Count > PartLength ? rows[^1].Sequence : null)
        {
            Tenants = [customer.Id, customer.EntraTenantId], IsOfStaff = IsOfStaff(customer),
            People = tenantId is not null && staff.IsAdministrator(actor) ? await people.KnownAsync(customer.Id, cancellationToken) : [],
        };
    }

    public async Task<AuditFinding> VerifyAsync(Actor actor, Guid? tenantId, AuditAnchor? anchor, CancellationToken cancellationToken)
    {
        var customer = await records.AdmitToChainAsync(actor, tenantId, cancellationToken);
        return await verifier.VerifyAsync(customer.Id, anchor is null ? [] : [anchor], cancellationToken);
    }

    public async Task<AuditExport> ExportAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken)
    {
        var customer = await records.AdmitToChainAsync(actor, tenantId, cancellationToken);
        var file = FileNames.Of("audit", customer, time.GetUtcNow(), "jsonl");
        await (IsOfStaff(customer)
            ? audit.ExportedAsync(actor, file, cancellationToken)
            : audit.DownloadedAsync(actor, customer.EntraTenantId, file, cancellationToken));
        return new AuditExport(file, LinesAsync(customer, cancellationToken));
    }

    public async Task<bool> EraseAsync(Actor actor, Guid tenantId, Guid person, CancellationToken cancellationToken)
    {
        await admission.AdmitAdministratorAsync(actor, cancellationToken);
        var customer = await records.AdmitToChainAsync(actor, tenantId, cancellationToken);
        return await people.EraseAsync(customer.Id, person, actor, cancellationToken);
    }

    /// <summary>The journal's sentences for the kinds whose words alone do not say which action, wait or change it was.</summary>
    private static Task<Told> ToldAsync(PortalDbContext db, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        // Several portals write one chain, each by its own clock, so the first and the last entry need not be the latest and the earliest.
        var (from, to) = entries.Count == 0 ? default : (entries.Min(e => e.At), entries.Max(e => e.At));
        return Told.ReadAsync(db.Journal.Where(e => e.At >= from && e.At <= to && Unclear.Contains(e.Kind)), cancellationToken);
    }

    private static bool IsOfStaff(CustomerTenant chain) => chain.Id == chain.EntraTenantId;

    /// <summary>Exports no names of people, because an exported file survives their erasure.</summary>
    private async IAsyncEnumerable<string> LinesAsync(CustomerTenant customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in AuditEntries.InOrderAsync(AfterAsync))
            yield return JsonSerializer.Serialize(AuditExportLine.Of(entry, customer.EntraTenantId), AuditExportLine.Json);

        async Task<List<AuditEntry>> AfterAsync(long? sequence)
        {
            await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
            return await db.AfterAsync(sequence, cancellationToken);
        }
    }
}
