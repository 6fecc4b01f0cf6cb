using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Gives new entries their place in the chain and their seal in the moment in which they are saved, with whatever they tell of. Two who
/// save at once collide on the head's row, and <see cref="PortalContexts.ChangeAsync"/> sends the later one through again.
/// </summary>
internal sealed class AuditSeal(AuditKeys keys, AuditAnchors anchors) : SaveChangesInterceptor
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
        if (Entries(eventData, EntityState.Unchanged).Find(e => e.Kind == nameof(JournalKind.RunEnded)) is not null)
            anchors.Write(eventData.Context!.ChangeTracker.Entries<AuditHead>().Single().Entity);
        return ValueTask.FromResult(result);
    }

    private async Task SealAsync(PortalDbContext db, List<AuditEntry> added, CancellationToken cancellationToken)
    {
        var tenantId = added[0].TenantId;
        var key = keys.Find(keys.Current)!;
        var head = await db.AuditHeads.SingleOrDefaultAsync(h => h.TenantId == tenantId, cancellationToken);
        if (head is null)
            db.AuditHeads.Add(head = new AuditHead { TenantId = tenantId });

        var previous = head.Sequence > 0 ? head.Mac : AuditMac.Beginning(key, tenantId, await db.EntraTenantOfAsync(tenantId, cancellationToken));
        foreach (var entry in added)
        {
            entry.Join(head.Sequence + 1, keys.Current, previous);
            entry.Close(AuditMac.Of(key, entry));
            head.MoveTo(entry);
            previous = entry.Mac;
        }

        head.Close(AuditMac.Of(key, head));
    }

    private static List<AuditEntry> Entries(DbContextEventData eventData, EntityState state) =>
        [.. eventData.Context!.ChangeTracker.Entries<AuditEntry>().Where(e => e.State == state).Select(e => e.Entity).OrderBy(e => e.At)];
}
