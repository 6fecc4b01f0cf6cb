namespace Luware.Portal.Benchmarks.Pages.Servers;

/// <summary>What a measured server reports: its live heap, and how long garbage collection has paused it so far.</summary>
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

    /// <param name="Paused">Milliseconds for which all threads were paused, without those two collections.</param>
    public sealed record Memory(long Bytes, double Paused);
}
