using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Deletes old journal lines of ended runs and records that in the tenant's audit chain. A run that still waits keeps all of its lines.</summary>
/// <remarks>Each portal searches all old lines, so it does this once a day, and in parts, so that other writers do not wait long.</remarks>
internal sealed class Retention(IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, IOptions<RetentionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>What later runs use, and the test calls on which the safety gate rests.</summary>
    private static readonly JournalKind[] Kept = [.. Engine.Runs.Journal.Remembered, .. Engine.TestCalls.Told];

    private DateTimeOffset next;

    /// <summary>The most texts, and the most lines, that one round deletes.</summary>
    public int Limit { get; init; } = 5_000;

    /// <returns>The number of texts and lines deleted.</returns>
    public async Task<(int Texts, int Lines)> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < next)
            return (0, 0);
        var texts = await SweepAsync("answers", now - options.Value.Transcripts, OldTexts,
            old => old.ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Raw, (string?)null), cancellationToken), cancellationToken);
        var lines = await SweepAsync("lines", now - options.Value.Journal, OldLines, old => old.ExecuteDeleteAsync(cancellationToken), cancellationToken);
        if (texts < Limit && lines < Limit)
            next = now + Every;
        return (texts, lines);
    }

    private static IQueryable<JournalEntry> OldTexts(PortalDbContext db, DateTimeOffset upTo) => Before(db, upTo).Where(e => e.Raw != null);

    private static IQueryable<JournalEntry> OldLines(PortalDbContext db, DateTimeOffset upTo) =>
        Before(db, upTo).Where(e => !Kept.Contains(e.Kind));

    private static IQueryable<JournalEntry> Before(PortalDbContext db, DateTimeOffset moment) =>
        db.Journal.AcrossTenants().Where(e => e.At <= moment && !db.Runs.Any(r => r.Id == e.RunId && r.EndedAt == null));

    /// <summary>
    /// Deletes a tenant's rows and writes the entry about it in one transaction. Rows that another portal has deleted meanwhile are not counted.
    /// </summary>
    private async Task<int> SweepAsync(
        string what, DateTimeOffset upTo, Func<PortalDbContext, DateTimeOffset, IQueryable<JournalEntry>> old,
        Func<IQueryable<JournalEntry>, Task<int>> letGo, CancellationToken cancellationToken)
    {
        var all = 0;
        foreach (var (tenant, due) in await DueAsync(upTo, old, cancellationToken))
        {
            all += await contexts.ChangeAtOnceAsync(tenant, async db =>
            {
                // The age is also checked on the rows themselves: after another portal's sweep PostgreSQL evaluates the row again, but not the list.
                var first = First(old(db, upTo).Where(e => e.TenantId == tenant), due).Select(e => e.Id);
                var gone = await letGo(old(db, upTo).Where(e => first.Contains(e.Id)));
                if (gone > 0)
                    trail.Add(db, new AuditLine(tenant, AuditKinds.JournalSwept) { Data = new AuditData { [what] = gone, ["upTo"] = upTo } });
                return gone;
            }, cancellationToken);
        }

        return all;
    }

    private async Task<List<(Guid Tenant, int Count)>> DueAsync(
        DateTimeOffset upTo, Func<PortalDbContext, DateTimeOffset, IQueryable<JournalEntry>> old, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await First(old(db, upTo), Limit).GroupBy(e => e.TenantId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        return due.ConvertAll(d => (d.Key, d.Count));
    }

    /// <summary>The oldest entries, in the order of an index, so that nothing is sorted and only old rows are read.</summary>
    private static IQueryable<JournalEntry> First(IQueryable<JournalEntry> entries, int limit) => entries.OrderBy(e => e.At).Take(limit);
}
