namespace Luware.Portal.Sandbox.World;

/// <summary>Events that will occur a limited number of times, in the order in which they were requested.</summary>
internal sealed class Countdown<T>
{
    private readonly Lock _gate = new();
    private readonly List<(int Left, T Fault)> _all = [];

    public int Left
    {
        get
        {
            lock (_gate)
                return _all.Sum(f => f.Left);
        }
    }

    public IReadOnlyList<(int Left, T Fault)> All
    {
        get
        {
            lock (_gate)
                return [.. _all];
        }
    }

    public void Add(int times, T fault)
    {
        lock (_gate)
        {
            if (times > 0)
                _all.Add((times, fault));
        }
    }

    public void Clear()
    {
        lock (_gate)
            _all.Clear();
    }

    /// <returns>The first matching event, which then occurs one time less; default if none matches.</returns>
    public T? Take(Predicate<T> matches)
    {
        lock (_gate)
        {
            var index = _all.FindIndex(f => f.Left > 0 && matches(f.Fault));
            if (index < 0)
                return default;
            var (left, fault) = _all[index];
            if (left == 1)
                _all.RemoveAt(index);
            else
                _all[index] = (left - 1, fault);
            return fault;
        }
    }
}
