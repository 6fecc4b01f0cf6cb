using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>The leases that wait for a worker, in the order of asking. Guarded by the stock's lock.</summary>
internal sealed class LeaseQueue(int limit)
{
    private readonly LinkedList<WaitingLease> _places = [];

    public int Count => _places.Count;

    /// <exception cref="NoWorkerException">The queue is full.</exception>
    public WaitingLease Enter() => _places.Count < limit
        ? _places.AddLast(new WaitingLease()).Value
        : throw new NoWorkerException($"{_places.Count} leases wait for a Teams worker already; no more are taken.");

    /// <summary>Puts a lease at the front whose worker was lost before it was usable. It has waited already, so the limit does not apply.</summary>
    public WaitingLease EnterFirst() => _places.AddFirst(new WaitingLease()).Value;

    public void Leave(WaitingLease place) => _places.Remove(place);

    public void GiveFirst(TeamsWorker worker)
    {
        var first = _places.First!.Value;
        _places.RemoveFirst();
        first.Give(worker);
    }

    /// <summary>Tells every waiting lease its present place.</summary>
    public void TellPlaces()
    {
        var place = 0;
        foreach (var waiting in _places)
            waiting.Move(++place);
    }

    public void RefuseAll(string reason)
    {
        foreach (var waiting in _places)
            waiting.Refuse(new NoWorkerException(reason));
        _places.Clear();
    }
}
