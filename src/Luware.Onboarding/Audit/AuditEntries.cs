using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>Reads a chain from its first entry, some thousand entries per query, because with connection retries EF buffers all rows of a query.</summary>
internal static class AuditEntries
{
    private const int AtOnce = 2000;

    /// <param name="afterAsync">Returns the entries after a number, or the first ones if it is null.</param>
    public static async IAsyncEnumerable<AuditEntry> InOrderAsync(Func<long?, Task<List<AuditEntry>>> afterAsync)
    {
        long? last = null;
        List<AuditEntry> part;
        do
        {
            part = await afterAsync(last);
            foreach (var entry in part)
                yield return entry;
            last = part.LastOrDefault()?.Sequence;
        }
        while (part.Count == AtOnce);
    }

    public static Task<List<AuditEntry>> AfterAsync(this PortalDbContext db, long? sequence, CancellationToken cancellationToken)
    {
        var entries = db.Audit.AsNoTracking();
        // Continue from the last number inclusive, but skip the entry already read: a second entry with the same number, which only a tamperer creates, must
        // not be missed.
        return sequence is { } last
            ? entries.Where(e => e.Sequence >= last).OrderBy(e => e.Sequence).Skip(1).Take(AtOnce).ToListAsync(cancellationToken)
            : entries.OrderBy(e => e.Sequence).Take(AtOnce).ToListAsync(cancellationToken);
    }
}
