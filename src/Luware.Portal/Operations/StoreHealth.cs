using Luware.Onboarding.Data;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>Checks that the database answers.</summary>
internal sealed class StoreHealth(ISessions sessions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await sessions.FindAsync("health", cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
