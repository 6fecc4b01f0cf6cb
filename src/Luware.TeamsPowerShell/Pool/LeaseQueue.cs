using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>The leases that wait for a worker, oldest first. Guarded by the stock's lock.</summary>
internal sealed class LeaseQueue(int limit)
{
    private readonly LinkedList<WaitingLease> _waiting = [];

    public int Count => _waiting.Count;

    /// <exception cref="NoWorkerException">The queue is full.</exception>
    public WaitingLease Enter() => _waiting.Count < limit
        ? _waiting.AddLast(new WaitingLease()).Value
        : throw new NoWorkerException($"{_waiting.Count} leases wait for a Teams worker already; no more are taken.");

    /// <summary>Puts a lease whose worker was lost before it was usable at the front. It has waited already, so the limit does not apply.</summary>
    public WaitingLease EnterFirst() => _waiting.AddFirst(new WaitingLease()).Value;

    public void Leave(WaitingLease lease) => _waiting.Remove(lease);

    public void GiveFirst(TeamsWorker worker)
    {
        var first = _waiting.First!.Value;
        _waiting.RemoveFirst();
        first.Give(worker);
    }

    /// <summary>Tells every waiting lease its present position.</summary>
    public void TellPositions()
    {
        var position = 0;
        foreach (var waiting in _waiting)
            waiting.Move(++position);
    }

    public void RefuseAll(string reason)
    {
        foreach (var waiting in _waiting)
            waiting.Refuse(new NoWorkerException(reason));
        _waiting.Clear();
    }
}
