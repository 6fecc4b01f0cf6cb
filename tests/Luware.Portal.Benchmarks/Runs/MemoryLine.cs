namespace Luware.Portal.Benchmarks.Runs;

/// <summary>The managed memory in use at the beginning and after each fifth of the runs, including the world's own.</summary>
internal sealed class MemoryLine(int runs)
{
    private readonly List<double> _megabytes = [Now()];

    public IReadOnlyList<double> Megabytes => _megabytes;

    public void Look(int done)
    {
        if (done % (runs / 5) == 0)
            _megabytes.Add(Now());
    }

    private static double Now() => GC.GetTotalMemory(forceFullCollection: true) / 1024d / 1024d;
}
