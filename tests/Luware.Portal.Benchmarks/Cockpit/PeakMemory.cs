namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>Measures the peak memory during an operation, above the memory in use before.</summary>
internal sealed class PeakMemory : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(5);

    private readonly long _heap = GC.GetTotalMemory(forceFullCollection: true);
    private readonly long _set = Environment.WorkingSet;
    private readonly Timer _timer;
    private long _highestHeap;
    private long _highestSet;

    public PeakMemory() => _timer = new Timer(_ => Look(), null, Every, Every);

    /// <returns>In MB.</returns>
    public (double Heap, double Set) End()
    {
        Look();
        return ((_highestHeap - _heap) / 1048576.0, (_highestSet - _set) / 1048576.0);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        _highestHeap = Math.Max(_highestHeap, GC.GetTotalMemory(forceFullCollection: false));
        _highestSet = Math.Max(_highestSet, Environment.WorkingSet);
    }
}
