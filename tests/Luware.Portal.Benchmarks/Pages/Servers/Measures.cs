namespace Luware.Portal.Benchmarks.Pages.Servers;

/// <summary>What a measured server tells of itself: its live heap, and how long its collector has stopped it so far.</summary>
internal static class Measures
{
    public const string Heap = "/measure/heap";

    public static void MapMeasures(this IEndpointRouteBuilder routes) => routes.MapGet(Heap, Collect).AllowAnonymous();

    private static Memory Collect()
    {
        var paused = GC.GetTotalPauseDuration();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return new Memory(GC.GetTotalMemory(forceFullCollection: false), paused.TotalMilliseconds);
    }

    /// <param name="Bytes">Live after two full collections.</param>
    /// <param name="Paused">Milliseconds in which all threads stood, without those two.</param>
    public sealed record Memory(long Bytes, double Paused);
}
