using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants;

/// <summary>
/// Finds steps that were verified with older data of their region and ready flags that were set for other recording applications, and reports them once,
/// to the customer and to Luware.
/// </summary>
internal sealed partial class RegionChanges(
    IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, IRegionCatalog regions, CustomerTenants customers, Journal journal,
    RunCommands runs, RunFeed feed, TimeProvider time, ILogger<RegionChanges> logger)
{
    /// <inheritdoc cref="IRegionCatalog.NameOf"/>
    public string NameOf(string region) => regions.NameOf(region);

    /// <summary>
    /// Checks every tenant, because the settings may have changed with the start. One that cannot be checked holds up neither the others nor the start:
    /// marks are for people, and nothing that is carried out rests on them.
    /// </summary>
    /// <returns>False if there is such a tenant.</returns>
    public async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var touched = new HashSet<Guid>(await ReadyForOthersAsync(cancellationToken));
        foreach (var step in Steps(scope))
            touched.UnionWith(await VerifiedWithOthersAsync(step, cancellationToken));
        touched.ExceptWith(await WithoutRegionAsync(cancellationToken));

        var (marked, cleared, failed) = (0, 0, 0);
        foreach (var tenant in touched)
        {
            try
            {
                var (steps, isCleared) = await CheckAsync(tenant, cancellationToken);
                (marked, cleared) = (marked + steps, cleared + (isCleared ? 1 : 0));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed++;
                Log.CheckFailed(logger, tenant, e);
            }
        }

        if (marked > 0)
            Log.Marked(logger, marked);
        if (cleared > 0)
            Log.Cleared(logger, cleared);
        return failed == 0;
    }

    private async Task<(int Marked, bool IsCleared)> CheckAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var (marked, isCleared) = await contexts.ChangeAsync(tenantId, async db =>
        {
            var tenant = await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken);
            var region = customers.Show(tenant).Region;
            var steps = await MarkAsync(db, tenant, new Sentence("Engine.RegionChanged", region.Name, $"{region.Version}"), cancellationToken);
            return (steps, await ClearAsync(db, tenant, cancellationToken));
        }, cancellationToken);
        if (marked > 0 || isCleared)
            feed.Publish(tenantId);
        return (marked, isCleared);
    }

    /// <summary>
    /// Marks the affected steps in the same save that changes the tenant's region or application ids; afterwards nothing would show that they were verified
    /// with others.
    /// </summary>
    /// <param name="why">What the marked steps say.</param>
    /// <returns>The number of marked steps.</returns>
    public async Task<int> MarkAsync(PortalDbContext db, CustomerTenant tenant, Sentence why, CancellationToken cancellationToken)
    {
        var region = customers.Show(tenant).Region;
        if (!region.IsConfigured)
            return 0;

        await using var scope = scopes.CreateAsyncScope();
        var steps = Steps(scope).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var records = await db.Steps.ToListAsync(cancellationToken);
        return records.Count(record => steps.GetValueOrDefault(record.Step) is { } step && Mark(db, record, step, region, why));
    }

    /// <param name="tenant">The tenant as it would be after a change.</param>
    /// <returns>The number of steps that <see cref="MarkAsync"/> would mark.</returns>
    public async Task<int> CountAsync(PortalDbContext db, CustomerTenant tenant, CancellationToken cancellationToken)
    {
        var region = customers.Show(tenant).Region;
        await using var scope = scopes.CreateAsyncScope();
        var digests = Steps(scope).ToDictionary(s => s.Name, s => RegionDigests.Of(s, region), StringComparer.Ordinal);
        var records = await db.Steps.AsNoTracking().ToListAsync(cancellationToken);
        return records.Count(record => digests.TryGetValue(record.Step, out var digest) && IsOutdated(record, digest));
    }

    /// <summary>
    /// Marks a verified step if its region data has changed. A step verified before that data was recorded counts as verified with today's data. Data that the
    /// region no longer has, for example chat capture, counts as changed. Records of other steps are written too, so that a reading with the older data, which
    /// is about to be stored, collides.
    /// </summary>
    private bool Mark(PortalDbContext db, StepRecord record, IStep step, Region region, Sentence text)
    {
        var now = RegionDigests.Of(step, region);
        var isOutdated = IsOutdated(record, now);
        record.RegionDigest = now;
        if (!isOutdated)
            return false;

        record.Move(StepStatus.ChangedSinceVerified, EngineJson.Write(text));
        journal.Add(db, new JournalLine(record.TenantId, null, JournalKind.RegionChanged, text) { Step = record.Step });
        return true;
    }

    private static bool IsOutdated(StepRecord record, string? digest) =>
        record.Status.IsVerified() && record.RegionDigest is { } before && before != digest;

    /// <summary>
    /// Clears a ready flag that was set for other recording applications. A run that waits at the gate is woken by the reconciler and asks Luware again.
    /// </summary>
    /// <returns>True if the flag was cleared.</returns>
    private async Task<bool> ClearAsync(PortalDbContext db, CustomerTenant tenant, CancellationToken cancellationToken)
    {
        var region = customers.Show(tenant).Region;
        if (!tenant.Ready || tenant.ReadyDigest == RegionDigests.OfRecorders(region))
            return false;

        tenant.SetReady(digest: null, groupsJson: null, by: null, time.GetUtcNow());
        var text = new Sentence("Engine.ReadyOutdated", region.Name, $"{region.Version}");
        journal.Add(db, new JournalLine(tenant.Id, tenant.CurrentRunId, JournalKind.ReadyChanged, text) { Facts = new AuditData { ["ready"] = false } });
        await runs.NudgeAsync(db, actor: null, cancellationToken);
        return true;
    }

    /// <summary>
    /// Tenants whose ready flag was not set for the recording applications of their region. Tenants with application ids of their own are among them.
    /// </summary>
    private async Task<List<Guid>> ReadyForOthersAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = new List<Guid>();
        foreach (var region in regions.All)
        {
            var digest = RegionDigests.OfRecorders(region);
            var others = db.Tenants.Where(t => t.Ready && t.Region == region.Key && t.ReadyDigest != digest);
            found.AddRange(await others.Select(t => t.Id).ToListAsync(cancellationToken));
        }

        return found;
    }

    /// <summary>Finds tenants whose region is no longer configured. They cannot be compared, and must not keep the portal from serving the others.</summary>
    private async Task<List<Guid>> WithoutRegionAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var gone = (await db.Tenants.Select(t => t.Region).Distinct().ToListAsync(cancellationToken)).Where(r => regions.Find(r) is null).ToList();
        if (gone.Count == 0)
            return [];

        var tenants = await db.Tenants.Where(t => gone.Contains(t.Region)).Select(t => new { t.Id, t.EntraTenantId, t.Region }).ToListAsync(cancellationToken);
        foreach (var tenant in tenants)
            Log.RegionGone(logger, tenant.EntraTenantId, tenant.Region);
        return [.. tenants.Select(t => t.Id)];
    }

    /// <summary>
    /// Finds tenants by the few stored digests, one index lookup per digest. Only digests that match no present region are followed to their tenants.
    /// </summary>
    private async Task<List<Guid>> VerifiedWithOthersAsync(IStep step, CancellationToken cancellationToken)
    {
        var good = regions.All.Select(r => RegionDigests.Of(step, r)).ToHashSet(StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ofStep = db.Steps.AcrossTenants().Where(s => s.Step == step.Name);
        var found = good.All(d => d is null) ? []
            : await ofStep.Where(s => s.RegionDigest == null && (s.Status == StepStatus.Verified || s.Status == StepStatus.VerifiedByHand))
                .Select(s => s.TenantId).ToListAsync(cancellationToken);
        var last = "";
        while (await ofStep.Where(s => s.RegionDigest!.CompareTo(last) > 0).MinAsync(s => s.RegionDigest, cancellationToken) is { } digest)
        {
            last = digest;
            if (!good.Contains(digest))
                found.AddRange(await ofStep.Where(s => s.RegionDigest == digest).Select(s => s.TenantId).ToListAsync(cancellationToken));
        }

        return found;
    }

    private static IEnumerable<IStep> Steps(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries.Select(e => e.Step);

    private static partial class Log
    {
        [LoggerMessage(2242, LogLevel.Warning, "The data of regions has changed: {Count} steps that were verified are changed since")]
        public static partial void Marked(ILogger logger, int count);

        [LoggerMessage(2249, LogLevel.Warning,
            "The tenant {TenantId} could not be compared with the changed data of its region; the look an hour after the start tries again")]
        public static partial void CheckFailed(ILogger logger, Guid tenantId, Exception exception);

        [LoggerMessage(2247, LogLevel.Warning, "The recording applications of regions have changed: {Count} ready flags that were set for others are cleared")]
        public static partial void Cleared(ILogger logger, int count);

        [LoggerMessage(2243, LogLevel.Warning,
            "Tenant {EntraTenantId} is of region {Region}, which is not configured: it waits until the region is in the settings again, "
            + "or a specialist edits the tenant and chooses another one")]
        public static partial void RegionGone(ILogger logger, Guid entraTenantId, string region);
    }
}
