using Luware.TeamsPowerShell;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>
/// A portal that has never imported the module is not ready and gets no traffic. After that, a failing pool is no reason to send people away: they can still
/// read, decide and download a script.
/// </summary>
internal sealed class PoolHealth(ITeamsWorkerPool pool) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pool.State switch
        {
            TeamsPoolState.Untried => HealthCheckResult.Unhealthy("No Teams worker has imported the module yet."),
            TeamsPoolState.Failing => HealthCheckResult.Degraded("Teams workers cannot be started at the moment."),
            _ => HealthCheckResult.Healthy(),
        });
}
