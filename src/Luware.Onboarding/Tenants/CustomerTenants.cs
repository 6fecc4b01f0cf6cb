using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Regions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Finds customers and describes them to steps and pages.</summary>
internal sealed class CustomerTenants(IDbContextFactory<PortalDbContext> contexts, IRegionCatalog regions, IOptions<PackageOptions> packages)
{
    public async Task<CustomerTenant?> FindAsync(Guid entraTenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.EntraTenantId == entraTenantId, cancellationToken);
    }

    /// <returns>Null also if the onboarding was closed.</returns>
    public async Task<CustomerTenant?> FindOpenAsync(Guid entraTenantId, CancellationToken cancellationToken) =>
        await FindAsync(entraTenantId, cancellationToken) is { ClosedAt: null } open ? open : null;

    /// <inheritdoc cref="Show"/>
    public async Task<(OnboardingTenant Tenant, Region Region)> ShowAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ShowAsync(db, tenantId, cancellationToken);
    }

    /// <summary>
    /// Returns the tenant even if its region is no longer configured. The caller must check that, because no step may mistake it for a region without
    /// applications.
    /// </summary>
    public (OnboardingTenant Tenant, Region Region) Show(CustomerTenant row)
    {
        var region = regions.Find(row.Region) is { } configured ? WithOwnIds(configured, row.ReadApplicationIds()) : Region.Gone(row.Region);
        var ready = row.Ready && row.ReadyDigest == RegionDigests.OfRecorders(region);
        var tenant = new OnboardingTenant(row.Id, row.EntraTenantId, row.Name, ready)
        {
            ReadyGroups = ready && row.ReadyGroupsJson is { } groups ? EngineJson.Read<HashSet<Guid>>(groups) : [],
            MostGroups = packages.Value.Find(row.Package)?.MostGroups,
            Specialist = row.OwnerName is { } owner ? new Contact(owner, row.OwnerMail) : null,
        };
        return (tenant, region);
    }

    /// <summary>Describes the tenant as it is within this change: ready only for the recording applications and groups that it has now.</summary>
    /// <inheritdoc cref="Show"/>
    public async Task<(OnboardingTenant Tenant, Region Region)> ShowAsync(PortalDbContext db, Guid tenantId, CancellationToken cancellationToken) =>
        Show(await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == tenantId, cancellationToken));

    /// <summary>
    /// True while the tenant's region has the same data for the step as <paramref name="region"/>: somebody may have changed region or application ids since
    /// that was loaded.
    /// </summary>
    public async Task<bool> IsStillAsync(PortalDbContext db, Guid tenantId, IStep step, Region region, CancellationToken cancellationToken)
    {
        var (_, now) = await ShowAsync(db, tenantId, cancellationToken);
        return now.IsConfigured == region.IsConfigured && (!now.IsConfigured || RegionDigests.Of(step, now) == RegionDigests.Of(step, region));
    }

    /// <summary>The region's applications, with this tenant's own ids where they differ.</summary>
    private static Region WithOwnIds(Region region, Dictionary<string, Guid> own) => own.Count == 0 ? region : region with
    {
        Applications =
        [
            .. region.Applications.Select(a =>
                own.TryGetValue(a.Key, out var id) ? a with { ApplicationId = id, IsTenantsOwn = id != a.ApplicationId } : a),
        ],
        Chat = region.Chat is { } chat && own.TryGetValue(chat.Key, out var chatId)
            ? chat with { ApplicationId = chatId, IsTenantsOwn = chatId != chat.ApplicationId }
            : region.Chat,
    };
}
