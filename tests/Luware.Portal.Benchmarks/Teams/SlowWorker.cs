namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The sandbox's worker after a pause that simulates the import of the real module; this program with another argument.</summary>
internal static class SlowWorker
{
    public const string Command = "slow-worker";

    public static readonly TimeSpan Import = TimeSpan.FromSeconds(5);

    /// <summary>Settings that use it instead of the sandbox's own worker.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Teams:Arguments:0", typeof(SlowWorker).Assembly.Location),
        new("Teams:Arguments:1", Command),
    ];
}
