using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Running;

/// <summary>A customer that is added before a sandboxed portal starts, as a specialist would do.</summary>
/// <param name="Region">Key of a region: MTCH, MTDE.</param>
public sealed record SandboxCustomer(Guid TenantId, string Name, string Region)
{
    /// <summary>The named tenants that are customers.</summary>
    public static readonly IReadOnlyList<SandboxCustomer> Named = Of(new SandboxTenants());

    public static SandboxCustomer Of(SandboxTenant tenant, string region) => new(tenant.Id, tenant.Name, region);

    private static IReadOnlyList<SandboxCustomer> Of(SandboxTenants tenants) =>
        [Of(tenants.Contoso, "MTCH"), Of(tenants.Fabrikam, "MTDE"), Of(tenants.Northwind, "MTDE")];
}

/// <summary>Adds the customers through the portal's own service.</summary>
internal sealed class SandboxCustomers(IReadOnlyList<SandboxCustomer> customers, ITenants tenants) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var customer in customers)
            await tenants.AddAsync(customer.TenantId, customer.Name, customer.Region, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
