using System.Security.Cryptography;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>Checks a chain from its first entry to its head, and returns the first fault.</summary>
internal sealed class AuditVerifier(IDbContextFactory<PortalDbContext> contexts, AuditKeys keys)
{
    private const int AnchorsAtOnce = 500;

    /// <summary>Every tenant that has or could have a chain.</summary>
    public async Task<IReadOnlyList<Guid>> ChainsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.Select(t => t.Id)
            .Union(db.AuditHeads.Select(h => h.TenantId))
            .Union(db.Audit.AcrossTenants().Select(e => e.TenantId))
            .OrderBy(id => id).ToListAsync(cancellationToken);
    }

    /// <param name="anchors">Positions of the chain that were recorded elsewhere.</param>
    public Task<AuditFinding> VerifyAsync(Guid tenantId, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken cancellationToken) =>
        // A snapshot: otherwise an entry added during the check would seem to come after the head.
        contexts.ReadAtOnceAsync(db =>
        {
            db.TenantId = tenantId;
            return VerifyAsync(db, tenantId, anchors, cancellationToken);
        }, cancellationToken);

    /// <param name="db">The tenant's context on a snapshot, so that the caller reads exactly what was verified.</param>
    /// <inheritdoc cref="VerifyAsync(Guid, IReadOnlyCollection{AuditAnchor}, CancellationToken)"/>
    public async Task<AuditFinding> VerifyAsync(
        PortalDbContext db, Guid tenantId, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        var misfits = await MisfitsAsync(db, anchors, cancellationToken);
        AuditEntry? last = null;
        await foreach (var entry in AuditEntries.InOrderAsync(after => db.AfterAsync(after, cancellationToken)))
        {
            if ((await FaultAsync(db, entry, last, cancellationToken) ?? Fault(entry, misfits)) is { } fault)
                return new AuditFinding(tenantId, last?.Sequence ?? 0, Anchor(last), fault) { Misfits = misfits };
            last = entry;
        }

        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(h => h.TenantId == tenantId, cancellationToken);
        var end = EndFault(last, head, misfits) ?? await MissingAsync(db, tenantId, last, cancellationToken);
        return new AuditFinding(tenantId, last?.Sequence ?? 0, Anchor(last), end) { Misfits = misfits };
    }

    /// <summary>Anchors whose entry is missing or differs; the lowest number first.</summary>
    private static async Task<IReadOnlyList<AuditAnchor>> MisfitsAsync(
        PortalDbContext db, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken cancellationToken)
    {
        var there = new Dictionary<long, byte[]>();
        foreach (var places in anchors.Select(a => a.Sequence).Distinct().Chunk(AnchorsAtOnce))
        {
            foreach (var entry in await db.Audit.Where(e => places.Contains(e.Sequence)).Select(e => new { e.Sequence, e.Mac }).ToListAsync(cancellationToken))
                there[entry.Sequence] = entry.Mac;
        }

        var misfits = anchors.Where(a => !there.TryGetValue(a.Sequence, out var mac) || !Same(mac, a.Mac));
        return [.. misfits.DistinctBy(a => a.ToString(), StringComparer.Ordinal).OrderBy(a => a.Sequence)];
    }

    /// <summary>
    /// Detects a chain that was deleted as a whole: a customer's row and the first entry are written together, so a customer without a chain had one.
    /// </summary>
    private static async Task<AuditFault?> MissingAsync(PortalDbContext db, Guid tenantId, AuditEntry? last, CancellationToken cancellationToken) =>
        last is null && await db.Tenants.AnyAsync(t => t.Id == tenantId, cancellationToken) ? new AuditFault(AuditFaultKind.Cut, 1) : null;

    private async Task<AuditFault?> FaultAsync(PortalDbContext db, AuditEntry entry, AuditEntry? last, CancellationToken cancellationToken)
    {
        var place = (last?.Sequence ?? 0) + 1;
        if (entry.Sequence > place)
            return new AuditFault(AuditFaultKind.Removed, place);
        if (keys.Find(entry.KeyName) is not { } key)
            return new AuditFault(AuditFaultKind.UnknownKey, entry.Sequence);
        // The version is not part of the seal: an entry is never updated.
        if (!IsGood(key, entry, entry.Sequence) || entry.Version != 0)
            return await DisturbedAsync(db, key, entry, cancellationToken);

        var previous = last?.Mac ?? AuditMac.Beginning(key, entry.TenantId, await db.EntraTenantOfAsync(entry.TenantId, cancellationToken));
        return Same(entry.PreviousMac, previous) ? null : new AuditFault(AuditFaultKind.Detached, entry.Sequence);
    }

    /// <summary>Finds out whether the entry was moved or changed: the seal of a moved entry matches another number.</summary>
    private async Task<AuditFault> DisturbedAsync(PortalDbContext db, byte[] key, AuditEntry entry, CancellationToken cancellationToken)
    {
        // The head's seal protects the number of positions that are tried, so that nobody without a key can enlarge it.
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(h => h.TenantId == entry.TenantId, cancellationToken);
        var last = Math.Max(await db.Audit.LongCountAsync(cancellationToken), head is not null && keys.HasSealed(head) ? head.Sequence : 0);
        for (var place = 1L; place <= last; place++)
        {
            if (place != entry.Sequence && IsGood(key, entry, place))
                return new AuditFault(AuditFaultKind.Moved, entry.Sequence) { Was = place };
        }

        return new AuditFault(AuditFaultKind.Changed, entry.Sequence);
    }

    private static AuditFault? Fault(AuditEntry entry, IReadOnlyList<AuditAnchor> misfits) =>
        misfits.Any(a => a.Sequence == entry.Sequence) ? new AuditFault(AuditFaultKind.NotAnchored, entry.Sequence) : null;

    private AuditFault? EndFault(AuditEntry? last, AuditHead? head, IReadOnlyList<AuditAnchor> misfits)
    {
        var end = last?.Sequence ?? 0;
        // An anchor refers to later entries, whatever the head says.
        if (misfits.Any(a => a.Sequence > end))
            return new AuditFault(AuditFaultKind.Cut, end + 1);
        if (head is null)
            return last is null ? null : new AuditFault(AuditFaultKind.Head, end);
        if (!keys.HasSealed(head))
            return new AuditFault(AuditFaultKind.Head, head.Sequence);
        if (head.Sequence > end)
            return new AuditFault(AuditFaultKind.Cut, end + 1);
        if (head.Sequence < end)
            return new AuditFault(AuditFaultKind.BehindHead, head.Sequence + 1);
        return Same(head.Mac, last!.Mac) ? null : new AuditFault(AuditFaultKind.Head, head.Sequence);
    }

    private static bool IsGood(byte[] key, AuditEntry entry, long sequence) => Same(AuditMac.Of(key, entry, sequence), entry.Mac);

    private static bool Same(byte[] one, byte[] other) => CryptographicOperations.FixedTimeEquals(one, other);

    private static AuditAnchor? Anchor(AuditEntry? last) => last is null ? null : new AuditAnchor(last.Sequence, last.Mac);
}
