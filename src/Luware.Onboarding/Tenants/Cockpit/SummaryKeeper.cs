using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Writes a tenant's summary in the same save as the data that it summarises.</summary>
internal sealed class SummaryKeeper(StepGraph graph, TimeProvider time) : IDerivedRows
{
    /// <summary>Raised with every change of the rules, so that older summaries are renewed.</summary>
    public const int Rule = 3;

    /// <summary>Lines of the journal that count as progress. Waits, questions and refusals do not.</summary>
    private static readonly JournalKind[] Progress =
    [
        JournalKind.TenantAdded, JournalKind.TenantReopened, JournalKind.InvitationAccepted, JournalKind.Approved, JournalKind.StepApproved,
        JournalKind.Confirmed, JournalKind.ReadyChanged, JournalKind.ActionDone, JournalKind.StepVerified, JournalKind.StepVerifiedByHand,
        JournalKind.StepSkipped, JournalKind.ScriptReported, JournalKind.PersonReturned, JournalKind.LinkAccepted,
    ];

    /// <inheritdoc/>
    public async Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        if (db.TenantId is not { } id || !db.ChangeTracker.Entries().Any(IsSource))
            return;
        if (await db.Tenants.FindAsync([id], cancellationToken) is not { } tenant)
            return;

        var now = time.GetUtcNow();
        if (await db.Summaries.FindAsync([id], cancellationToken) is not { } summary)
            db.Summaries.Add(summary = New(tenant, tenant.CreatedAt));
        else if (db.Entry(summary).State == EntityState.Unchanged)
            // Written even if unchanged: two concurrent saves for different steps must collide here rather than both find nothing to change.
            db.Entry(summary).State = EntityState.Modified;

        List<JournalEntry> lines = [.. db.ChangeTracker.Entries<JournalEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
        // Only then: a save that tells nothing of test calls neither waits for the journal nor fails without it.
        if (summary.Rule != Rule || lines.Exists(l => TestCalls.Told.Contains(l.Kind)))
            summary.HasFailedCall = await TestCalls.HaveFailedAsync(db, cancellationToken);
        var rows = await TenantRows.LoadAsync(db, tenant, now, cancellationToken) with { HasFailedCall = summary.HasFailedCall };
        Write(summary, rows, await NamesAsync(db, cancellationToken), now);
        Note(summary, lines);
        await WriteWordsAsync(db, summary, cancellationToken);
    }

    private static bool IsSource(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
        && entry.Entity is CustomerTenant or StepRecord or Run or Invitation or ColleagueLink or JournalEntry or KnownPerson;

    public static TenantSummary New(CustomerTenant tenant, DateTimeOffset last) => new()
    {
        Id = tenant.Id, TenantId = tenant.Id, EntraTenantId = tenant.EntraTenantId, Name = tenant.Name, NameKey = "",
        Region = tenant.Region, Language = tenant.Language, Since = last, LastActivityAt = last, IdleSince = last,
    };

    private void Write(TenantSummary summary, TenantRows rows, PersonNames names, DateTimeOffset now)
    {
        var tenant = rows.Tenant;
        (summary.Name, summary.NameKey, summary.Domain, summary.Region) = (tenant.Name, SearchWords.Key(tenant.Name), tenant.Domain, tenant.Region);
        (summary.Language, summary.OwnerName, summary.Ready, summary.Rule) = (tenant.Language, tenant.OwnerName, tenant.Ready, Rule);
        var isMoved = summary.IsClosed != tenant.ClosedAt is not null;
        summary.IsClosed = tenant.ClosedAt is not null;

        var standing = TenantStanding.Of(rows, [.. graph.Nodes.Select(n => n.Name)]).With(names);
        var isElsewhere = isMoved || (summary.Status, summary.AtStep, summary.Waits) != (standing.Status, standing.AtStep, standing.Waits);
        summary.Since = standing.Since ?? (isElsewhere ? now : summary.Since);
        (summary.Status, summary.AtStep, summary.IsStuck) = (standing.Status, standing.AtStep, standing.IsStuck);
        (summary.Waits, summary.Who) = (standing.Waits, standing.Who);
        (summary.WhyJson, summary.NextJson, summary.DueAt) = (Json(standing.Why), Json(standing.Next), rows.DueAt);

        var verified = rows.Steps.Count(s => s.Status.IsVerified());
        if (verified > summary.Verified)
            summary.IdleSince = now;
        summary.IdleSince = standing.IsOver ? null : summary.IdleSince ?? now;
        (summary.Verified, summary.Steps) = (verified, graph.Nodes.Count - rows.Steps.Count(s => s.Status == StepStatus.Skipped));
    }

    /// <summary>The names as they will be after the save, so that an erased name disappears from the summary too.</summary>
    private static async Task<PersonNames> NamesAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        await db.People.LoadAsync(cancellationToken);
        return new PersonNames(db.People.Local.DistinctBy(p => p.ObjectId).ToDictionary(p => p.ObjectId, p => p.Name));
    }

    private static void Note(TenantSummary summary, IReadOnlyList<JournalEntry> lines)
    {
        foreach (var line in lines)
        {
            summary.LastActivityAt = line.At;
            if (summary.IdleSince is not null && Progress.Contains(line.Kind))
                summary.IdleSince = line.At;
        }
    }

    private static async Task WriteWordsAsync(PortalDbContext db, TenantSummary summary, CancellationToken cancellationToken)
    {
        var entry = db.Entry(summary);
        if (entry.State != EntityState.Added && entry.OriginalValues.GetValue<string>(nameof(summary.Name)) == summary.Name
            && entry.OriginalValues.GetValue<string?>(nameof(summary.Domain)) == summary.Domain
            && entry.OriginalValues.GetValue<int>(nameof(summary.Rule)) == Rule
            && entry.OriginalValues.GetValue<bool>(nameof(summary.IsClosed)) == summary.IsClosed)
            return;

        var words = SearchWords.Of(summary);
        var there = await db.Words.ToListAsync(cancellationToken);
        db.Words.RemoveRange(there.Where(w => !words.Contains(w.Text)));
        foreach (var word in there)
            word.NameKey = summary.NameKey;
        var missing = words.Except(there.Select(w => w.Text), StringComparer.Ordinal);
        db.Words.AddRange(missing.Select(w => new TenantWord { TenantId = summary.Id, Text = w, NameKey = summary.NameKey }));
    }

    private static string? Json(Sentence? sentence) => sentence is null ? null : EngineJson.Write(sentence);
}
