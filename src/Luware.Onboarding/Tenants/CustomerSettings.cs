using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Regions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Takes the settings' customers over into the database at start; one that has left the settings keeps its rows.</summary>
internal sealed class CustomerSettings(IDbContextFactory<PortalDbContext> contexts, IOptions<CustomerOptions> options, IRegionCatalog regions)
{
    public async Task TakeOverAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Tenants.ToDictionaryAsync(t => t.EntraTenantId, cancellationToken);
        foreach (var customer in options.Value.Customers)
        {
            var (id, name, region) = (Guid.Parse(customer.TenantId!), customer.Name!, regions.Find(customer.Region!)!.Key);
            if (rows.TryGetValue(id, out var row))
                (row.Name, row.Region) = (name, region);
            else
                db.Tenants.Add(new CustomerTenant { EntraTenantId = id, Name = name, Region = region });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
