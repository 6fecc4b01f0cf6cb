using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Gives new entries their number and seal when they are saved together with the change that they record. Two concurrent saves collide on the head's row, and
/// <see cref="PortalContexts.ChangeAsync"/> retries the later one.
/// </summary>
internal sealed partial class AuditSeal(AuditKeys keys, AuditAnchors anchors, ILogger<AuditSeal> logger) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        Entries(eventData, EntityState.Added).Count == 0 ? result : throw new NotSupportedException("The audit is only saved asynchronously.");

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var added = Entries(eventData, EntityState.Added);
        if (added.Count > 0)
            await SealAsync((PortalDbContext)eventData.Context!, added, cancellationToken);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        // A transaction may still fail, and is then repeated with other entries: the next round anchors what it has left.
        if (eventData.Context!.Database.CurrentTransaction is null
            && Entries(eventData, EntityState.Unchanged).Find(e => e.Kind == nameof(JournalKind.RunEnded)) is not null)
            anchors.Write(eventData.Context.ChangeTracker.Entries<AuditHead>().Single().Entity);
        return ValueTask.FromResult(result);
    }

    private async Task SealAsync(PortalDbContext db, List<AuditEntry> added, CancellationToken cancellationToken)
    {
        var tenantId = added[0].TenantId;
        var key = keys.Find(keys.Current)!;
        var entries = db.Audit.AcrossTenants();
        var end = await db.AuditHeads.Where(h => h.TenantId == tenantId)
            .Select(h => new { Head = h, Later = entries.Where(e => e.TenantId == tenantId && e.Sequence > h.Sequence).Min(e => (long?)e.Sequence) })
            .SingleOrDefaultAsync(cancellationToken);
        var head = end?.Head;
        if (head is not null && db.ChainNotBegun == tenantId)
            throw new DbUpdateConcurrencyException("Somebody else has begun the chain since this change looked for its end.");
        var isWhole = head is not null && keys.HasSealed(head) && !(end!.Later == head.Sequence + 1 && await IsStillAsync(db, head, cancellationToken));
        var (last, previous) = isWhole ? (head!.Sequence, head.Mac) : await BeginAsync(db, key, tenantId, head, cancellationToken);
        if (head is null)
            db.AuditHeads.Add(head = new AuditHead { TenantId = tenantId });

        foreach (var entry in added)
        {
            entry.Join(++last, keys.Current, previous);
            entry.Close(AuditMac.Of(key, entry));
            head.MoveTo(entry);
            previous = entry.Mac;
        }

        head.Close(AuditMac.Of(key, head));
    }

    /// <summary>False if somebody else has added an entry and moved the head since it was read: then this save collides with theirs.</summary>
    private static Task<bool> IsStillAsync(PortalDbContext db, AuditHead head, CancellationToken cancellationToken) =>
        db.AuditHeads.AnyAsync(h => h.TenantId == head.TenantId && h.Sequence == head.Sequence, cancellationToken);

    /// <summary>
    /// Begins or resumes a chain whose head is not usable. A customer's chain begins with the customer. If its head is missing or was changed later, or if an
    /// entry already has the next number, sealing the next entry onto the remaining one would legitimise tampering, so the next entry follows nothing and every
    /// later check stops at it.
    /// </summary>
    private async Task<(long Last, byte[] Previous)> BeginAsync(
        PortalDbContext db, byte[] key, Guid tenantId, AuditHead? head, CancellationToken cancellationToken)
    {
        var last = await LastAsync(db, tenantId, head, cancellationToken);
        var hadChain = await db.Tenants.FindAsync([tenantId], cancellationToken) is { } tenant && db.Entry(tenant).State != EntityState.Added;
        if (head is null && last == 0 && !hadChain)
            return (0, AuditMac.Beginning(key, tenantId, await db.EntraTenantOfAsync(tenantId, cancellationToken)));

        Log.Broken(logger, tenantId);
        return (last, AuditMac.Break(key, tenantId));
    }

    /// <summary>
    /// The number before the first free one. Somebody who forges entries chooses their numbers, so there may be no free number after the highest.
    /// </summary>
    private async Task<long> LastAsync(PortalDbContext db, Guid tenantId, AuditHead? head, CancellationToken cancellationToken)
    {
        const long Far = long.MaxValue / 2;
        var entries = db.Audit.AcrossTenants().Where(e => e.TenantId == tenantId);
        var last = head is not null && keys.HasSealed(head)
            ? head.Sequence : await entries.Where(e => e.Sequence < Far).MaxAsync(e => (long?)e.Sequence, cancellationToken) ?? 0;
        var later = entries.Where(e => e.Sequence > last).OrderBy(e => e.Sequence).Select(e => e.Sequence).AsAsyncEnumerable();
        await foreach (var sequence in later.WithCancellation(cancellationToken))
        {
            if (sequence > last + 1)
                break;
            last = sequence;
        }

        return last;
    }

    private static List<AuditEntry> Entries(DbContextEventData eventData, EntityState state) =>
        [.. eventData.Context!.ChangeTracker.Entries<AuditEntry>().Where(e => e.State == state).Select(e => e.Entity).OrderBy(e => e.At)];

    private static partial class Log
    {
        [LoggerMessage(2403, LogLevel.Error,
            "The end of the audit of tenant {TenantId} is missing or was changed: the next entry does not follow what is left of it")]
        public static partial void Broken(ILogger logger, Guid tenantId);
    }
}
