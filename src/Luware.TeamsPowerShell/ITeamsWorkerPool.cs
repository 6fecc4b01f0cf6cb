using System.Text.Json;

namespace Luware.TeamsPowerShell;

/// <summary>Leases one warm worker process to one tenant at a time; the process is killed when the lease ends.</summary>
public interface ITeamsWorkerPool
{
    TeamsPoolState State { get; }

    /// <summary>
    /// Waits for a worker, connects it with two tokens that were acquired together, and proves that its session belongs to
    /// <see cref="TeamsLeaseRequest.TenantId"/> before anything else runs.
    /// </summary>
    /// <exception cref="TeamsWorkerException">No worker was available in time or survived, the connection was refused, or another tenant answered.</exception>
    Task<ITeamsLease> LeaseAsync(TeamsLeaseRequest request, CancellationToken cancellationToken);
}

public enum TeamsPoolState
{
    /// <summary>It is not known yet whether the module can be imported on this machine.</summary>
    Untried,

    Ready,

    /// <summary>Too many starts have failed recently, so no worker is started for a while.</summary>
    Failing,
}

/// <param name="TenantId">The Entra tenant that must answer.</param>
/// <param name="Tokens">Called once a worker is available; both tokens must be fresh.</param>
/// <param name="Queued">Receives the position in the queue, from 1, whenever it changes; 0 when a worker is available.</param>
/// <param name="Output">Receives every line of the worker's streams while commands run.</param>
public sealed record TeamsLeaseRequest(
    Guid TenantId,
    Func<CancellationToken, Task<TeamsTokens>> Tokens,
    Action<int>? Queued = null,
    Action<TeamsOutput>? Output = null);

/// <summary>Two delegated access tokens that were acquired together: for Microsoft Graph, and for the Skype and Teams Tenant Admin API.</summary>
public sealed record TeamsTokens(string Graph, string TeamsAdmin)
{
    public override string ToString() => "TeamsTokens (hidden)";
}

/// <summary>A worker that is connected to one tenant. Disposing it kills the process.</summary>
public interface ITeamsLease : IAsyncDisposable
{
    Guid TenantId { get; }

    /// <exception cref="CommandRefusedException">The service or the cmdlet refused the command; running it again will not help.</exception>
    /// <exception cref="WorkerLostException">The process is gone; whether the command took effect is unknown.</exception>
    Task<TeamsResult> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken);
}

/// <summary>Result objects with the selected properties only, in the order in which the cmdlet wrote them.</summary>
public sealed record TeamsResult(IReadOnlyList<JsonElement> Objects);

/// <summary>A line of a worker's warning, verbose, debug, information or progress stream, or a message of the pool about a retry.</summary>
public sealed record TeamsOutput(string Stream, string Text)
{
    /// <summary>The stream of the pool's own messages: what went wrong, and when it is tried again.</summary>
    public const string Retry = "retry";
}
