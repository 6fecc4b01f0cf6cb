using System.Threading.Channels;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>A place in the queue. The pool moves it forward; the waiting caller is notified on its own flow, so a slow listener delays nobody else.</summary>
internal sealed class WaitingLease
{
    private readonly Channel<int> _places = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private int? _place;

    /// <summary>The worker given to this place, if any.</summary>
    public TeamsWorker? Worker { get; private set; }

    public void Move(int place)
    {
        if (_place == place)
            return;
        _place = place;
        _places.Writer.TryWrite(place);
    }

    public void Give(TeamsWorker worker)
    {
        Worker = worker;
        Move(0);
        _places.Writer.TryComplete();
    }

    public void Refuse(NoWorkerException reason) => _places.Writer.TryComplete(reason);

    /// <exception cref="NoWorkerException">The pool gave up.</exception>
    public async Task<TeamsWorker> WaitAsync(Action<int>? queued, CancellationToken cancellationToken)
    {
        await foreach (var place in _places.Reader.ReadAllAsync(cancellationToken))
            queued?.Invoke(place);
        return Worker!;
    }
}
