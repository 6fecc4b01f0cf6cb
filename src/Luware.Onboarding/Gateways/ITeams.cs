using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Gateways;

/// <summary>
/// The customer's Microsoft Teams, through PowerShell. One instance belongs to one unit of work (a planning or a job): the first command takes a worker, all
/// further ones of the same tenant reuse it, and disposing ends the worker.
/// </summary>
/// <remarks>Throws <see cref="GatewayException"/> if Teams refuses or is unavailable.</remarks>
public interface ITeams
{
    Task<TeamsResult> InvokeAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken);
}
