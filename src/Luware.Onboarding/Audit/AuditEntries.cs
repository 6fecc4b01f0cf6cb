using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>A chain from its first entry on, some thousand at once: a server's retried connection keeps every row of a question until it has them all.</summary>
internal static class AuditEntries
{
    private const int AtOnce = 2000;

    /// <param name="afterAsync">The entries after a number, or the first where there is none.</param>
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
        // From the last one on and without it: a second one of its number, which nobody but a tamperer makes, is not passed over.
        return sequence is { } last
            ? entries.Where(e => e.Sequence >= last).OrderBy(e => e.Sequence).Skip(1).Take(AtOnce).ToListAsync(cancellationToken)
            : entries.OrderBy(e => e.Sequence).Take(AtOnce).ToListAsync(cancellationToken);
    }
}
