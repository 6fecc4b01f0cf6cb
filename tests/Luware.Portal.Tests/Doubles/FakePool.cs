using System.Collections.Concurrent;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Leases without processes: the test supplies the answer to each command.</summary>
internal sealed class FakePool : ITeamsWorkerPool
{
    public ConcurrentQueue<FakeLease> Leases { get; } = new();

    /// <summary>Answers a command of the n-th lease, from 1, or throws the worker's exception.</summary>
    public Func<int, TeamsCommand, TeamsResult> Answer { get; set; } = (_, _) => new TeamsResult([]);

    /// <summary>Thrown instead of a lease.</summary>
    public Exception? Refuses { get; set; }

    /// <summary>Output sent to the lease's owner before the lease is granted.</summary>
    public Action<TeamsLeaseRequest> Says { get; set; } = _ => { };

    public TeamsPoolState State { get; set; } = TeamsPoolState.Ready;

    public async Task<ITeamsLease> LeaseAsync(TeamsLeaseRequest request, CancellationToken cancellationToken)
    {
        Says(request);
        if (Refuses is not null)
            throw Refuses;
        var lease = new FakeLease(request.TenantId, await request.Tokens(cancellationToken), this, Leases.Count + 1);
        Leases.Enqueue(lease);
        return lease;
    }
}

internal sealed class FakeLease(Guid tenantId, TeamsTokens tokens, FakePool pool, int number) : ITeamsLease
{
    public Guid TenantId => tenantId;

    public TeamsTokens Tokens => tokens;

    public bool Ended { get; private set; }

    public Task<TeamsResult> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Ended, this);
        return Task.FromResult(pool.Answer(number, command));
    }

    public ValueTask DisposeAsync()
    {
        Ended = true;
        return ValueTask.CompletedTask;
    }
}
