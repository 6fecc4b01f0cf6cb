using System.Threading.Channels;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// A lease that waits in the queue. The pool moves it forward; the waiting caller is notified on its own flow, so a slow listener delays nobody else.
/// </summary>
internal sealed class WaitingLease
{
    private readonly Channel<int> _positions = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private int? _position;

    /// <summary>The worker given to this lease, if any.</summary>
    public TeamsWorker? Worker { get; private set; }

    public void Move(int position)
    {
        if (_position == position)
            return;
        _position = position;
        _positions.Writer.TryWrite(position);
    }

    public void Give(TeamsWorker worker)
    {
        Worker = worker;
        Move(0);
        _positions.Writer.TryComplete();
    }

    public void Refuse(NoWorkerException reason) => _positions.Writer.TryComplete(reason);

    /// <exception cref="NoWorkerException">The pool gave up.</exception>
    public async Task<TeamsWorker> WaitAsync(Action<int>? queued, CancellationToken cancellationToken)
    {
        await foreach (var position in _positions.Reader.ReadAllAsync(cancellationToken))
            queued?.Invoke(position);
        return Worker!;
    }
}
