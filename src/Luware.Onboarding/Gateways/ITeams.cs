using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Gateways;

/// <summary>
/// Microsoft Teams of the customer, through PowerShell. One instance belongs to one unit of work (a planning or a job): the first
/// command takes a worker, all others of the same tenant reuse it, disposing it ends the worker.
/// </summary>
/// <remarks>Throws <see cref="GatewayException"/> for what Teams refuses or cannot do now.</remarks>
public interface ITeams
{
    Task<TeamsResult> InvokeAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken);
}
