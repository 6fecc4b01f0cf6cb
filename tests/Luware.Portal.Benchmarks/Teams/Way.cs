namespace Luware.Portal.Benchmarks.Teams;

/// <summary>A way of running Teams commands in worker processes.</summary>
/// <param name="Warm">Workers that are ready before a lease is asked for.</param>
/// <param name="Commands">Commands on a lease after the first; none where every command has a process of its own.</param>
/// <param name="Settings">What differs from the sandbox's settings.</param>
internal sealed record Way(string Name, int Rounds, int Warm, int Commands, params IEnumerable<KeyValuePair<string, string?>> Settings)
{
    public static IReadOnlyList<Way> All { get; } =
    [
        new("a cold process per command", Rounds: 12, Warm: 0, Commands: 0),
        new($"the same with a simulated import of {SlowWorker.Import.TotalSeconds} s", Rounds: 2, Warm: 0, Commands: 0, SlowWorker.Settings),
        new("a cold process per lease", Rounds: 12, Warm: 0, Commands: 20),
        new("the warm pool", Rounds: 20, Warm: 2, Commands: 20),
    ];
}
