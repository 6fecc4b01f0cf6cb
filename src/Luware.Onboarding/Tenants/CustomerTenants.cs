using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants;

/// <summary>Finds customers and describes them to steps and pages.</summary>
internal sealed class CustomerTenants(IDbContextFactory<PortalDbContext> contexts, IRegionCatalog regions)
{
    public async Task<CustomerTenant?> FindAsync(Guid entraTenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.EntraTenantId == entraTenantId, cancellationToken);
    }

    public async Task<(OnboardingTenant Tenant, Region Region)> DescribeAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Describe(await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == tenantId, cancellationToken));
    }

    public (OnboardingTenant Tenant, Region Region) Describe(CustomerTenant row) =>
        (new OnboardingTenant(row.Id, row.EntraTenantId, row.Name, row.Ready),
            regions.Find(row.Region) ?? throw new InvalidOperationException($"Region {row.Region} of tenant {row.EntraTenantId} is not configured."));
}
