namespace Luware.Portal.Benchmarks.Teams;

/// <summary>A variant of running Teams commands in worker processes.</summary>
/// <param name="Warm">Workers that are ready before a lease is requested.</param>
/// <param name="Commands">Commands per lease after the first; none if every command has a process of its own.</param>
/// <param name="Settings">Differences from the sandbox's settings.</param>
internal sealed record Way(string Name, int Rounds, int Warm, int Commands, params IEnumerable<KeyValuePair<string, string?>> Settings)
{
    /// <summary>The PowerShell in which the stand-in module runs; null for the sandbox's own worker.</summary>
    public string? PowerShell { get; init; }

    /// <summary>All variants, from the slowest to the fastest.</summary>
    public static IReadOnlyList<Way> WithoutPowerShell { get; } =
    [
        new("a cold process per command", Rounds: 12, Warm: 0, Commands: 0),
        new($"the same with a simulated import of {SlowWorker.Import.TotalSeconds} s", Rounds: 2, Warm: 0, Commands: 0, SlowWorker.Settings),
        new("a cold process per lease", Rounds: 12, Warm: 0, Commands: 20),
        new("the warm pool", Rounds: 20, Warm: 2, Commands: 20),
    ];

    /// <inheritdoc cref="WithoutPowerShell"/>
    public static IReadOnlyList<Way> InPowerShell(string program) =>
    [
        new("a cold pwsh per command", Rounds: 8, Warm: 0, Commands: 0) { PowerShell = program },
        new("a cold pwsh per lease", Rounds: 8, Warm: 0, Commands: 20) { PowerShell = program },
        new("the warm pool of pwsh", Rounds: 8, Warm: 2, Commands: 20) { PowerShell = program },
    ];
}
