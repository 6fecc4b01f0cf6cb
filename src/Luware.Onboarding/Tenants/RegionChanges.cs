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

/// <summary>Finds steps that were verified with older data of their region, and reports them once, to the customer and to Luware.</summary>
internal sealed partial class RegionChanges(
    IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, IRegionCatalog regions, CustomerTenants customers, Journal journal, RunFeed feed, ILogger<RegionChanges> logger)
{
    /// <summary>Checks every tenant at start, because the settings may have changed.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var touched = new HashSet<Guid>();
        foreach (var step in Steps(scope))
            touched.UnionWith(await VerifiedWithOthersAsync(step, cancellationToken));
        touched.ExceptWith(await WithoutRegionAsync(cancellationToken));

        var marked = 0;
        foreach (var tenant in touched)
            marked += await CheckAsync(tenant, cancellationToken);
        if (marked > 0)
            Log.Marked(logger, marked);
    }

    private async Task<int> CheckAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        var marked = await contexts.ChangeAsync(
            tenantId, async db => await MarkAsync(db, await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken), cancellationToken), cancellationToken);
        if (marked > 0)
            feed.Publish(tenantId);
        return marked;
    }

    /// <summary>
    /// Marks the affected steps in the same save that changes the tenant's region or application ids; afterwards nothing would show that they were verified
    /// with others.
    /// </summary>
    /// <returns>The number of marked steps.</returns>
    public async Task<int> MarkAsync(PortalDbContext db, CustomerTenant tenant, CancellationToken cancellationToken)
    {
        var region = customers.Show(tenant).Region;
        if (!region.IsConfigured)
            return 0;

        await using var scope = scopes.CreateAsyncScope();
        var steps = Steps(scope).ToDictionary(s => s.Name, StringComparer.Ordinal);
        var records = await db.Steps.Where(s => s.Status == StepStatus.Verified || s.Status == StepStatus.VerifiedByHand).ToListAsync(cancellationToken);
        return records.Count(record => steps.GetValueOrDefault(record.Step) is { } step && Mark(db, record, step, region));
    }

    /// <summary>
    /// Marks a step if its region data has changed. A step verified before that data was recorded counts as verified with today's data. Data that the region
    /// no longer has, for example chat capture, has changed.
    /// </summary>
    private bool Mark(PortalDbContext db, StepRecord record, IStep step, Region region)
    {
        var (before, now) = (record.RegionDigest, RegionDigests.Of(step, region));
        record.RegionDigest = now;
        if (before is null || before == now)
            return false;

        var text = new Sentence("Engine.RegionChanged", region.Name, $"{region.Version}");
        record.Move(StepStatus.ChangedSinceVerified, EngineJson.Write(text));
        journal.Add(db, new JournalLine(record.TenantId, null, JournalKind.RegionChanged, text) { Step = record.Step });
        return true;
    }

    /// <summary>Tenants whose region is no longer configured have nothing to compare with, and must not keep the portal from serving the others.</summary>
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

    /// <summary>Finds tenants by the few stored digests, one index lookup per digest; a digest that matches no present region leads to tenants.</summary>
    private async Task<List<Guid>> VerifiedWithOthersAsync(IStep step, CancellationToken cancellationToken)
    {
        var good = regions.All.Select(r => RegionDigests.Of(step, r)).ToHashSet(StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ofStep = db.Steps.AcrossTenants().Where(s => s.Step == step.Name);
        var found = good.All(d => d is null) ? []
            : await ofStep.Where(s => s.RegionDigest == null && (s.Status == StepStatus.Verified || s.Status == StepStatus.VerifiedByHand)).Select(s => s.TenantId).ToListAsync(cancellationToken);
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

        [LoggerMessage(2243, LogLevel.Warning, "Tenant {EntraTenantId} is of region {Region}, which is not configured: it waits until the region is in the settings again, or a specialist edits the tenant and chooses another one")]
        public static partial void RegionGone(ILogger logger, Guid entraTenantId, string region);
    }
}
