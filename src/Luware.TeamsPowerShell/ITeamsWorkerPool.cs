using System.Text.Json;

namespace Luware.TeamsPowerShell;

/// <summary>Leases one warm worker process to one tenant at a time; the process is killed when the lease ends.</summary>
public interface ITeamsWorkerPool
{
    TeamsPoolState State { get; }

    /// <summary>
    /// Waits for a worker, connects it with two tokens of the same moment and proves that it answers for
    /// <see cref="TeamsLeaseRequest.TenantId"/> before anything else runs.
    /// </summary>
    /// <exception cref="TeamsWorkerException">No worker in time or none that lived, connect refused, or another tenant answered.</exception>
    Task<ITeamsLease> LeaseAsync(TeamsLeaseRequest request, CancellationToken cancellationToken);
}

public enum TeamsPoolState
{
    /// <summary>Nobody knows yet whether the module can be imported on this machine.</summary>
    Untried,

    Ready,

    /// <summary>So many starts have failed lately that no worker is tried for a while.</summary>
    Failing,
}

/// <param name="TenantId">The Entra tenant that must answer.</param>
/// <param name="Tokens">Called once a worker is there; both tokens must be fresh.</param>
/// <param name="Queued">Told the place in the queue, from 1, whenever it changes; 0 when a worker is there.</param>
/// <param name="Output">Told every line of the worker's streams while commands run.</param>
public sealed record TeamsLeaseRequest(
    Guid TenantId,
    Func<CancellationToken, Task<TeamsTokens>> Tokens,
    Action<int>? Queued = null,
    Action<TeamsOutput>? Output = null);

/// <summary>Two delegated access tokens of the same moment: Microsoft Graph, and the Skype and Teams Tenant Admin API.</summary>
public sealed record TeamsTokens(string Graph, string TeamsAdmin)
{
    public override string ToString() => "TeamsTokens (hidden)";
}

/// <summary>A worker that is connected to one tenant. Disposing it kills the process.</summary>
public interface ITeamsLease : IAsyncDisposable
{
    Guid TenantId { get; }

    /// <exception cref="CommandRefusedException">The service or the cmdlet said no; running it again will not help.</exception>
    /// <exception cref="WorkerLostException">The process is gone; whether the command took effect is unknown.</exception>
    Task<TeamsResult> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken);
}

/// <summary>Result objects with the selected properties only, in the order in which the cmdlet wrote them.</summary>
public sealed record TeamsResult(IReadOnlyList<JsonElement> Objects);

/// <summary>A line of a worker's warning, verbose, debug, information or progress stream, or a retry of the pool's own.</summary>
public sealed record TeamsOutput(string Stream, string Text)
{
    /// <summary>The stream of what the pool says itself: what went wrong, and when it is tried again.</summary>
    public const string Retry = "retry";
}
