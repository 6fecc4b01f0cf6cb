namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The sandbox's worker after a pause that stands for the import of the real module; this program started with another argument.</summary>
internal static class SlowWorker
{
    public const string Command = "slow-worker";

    public static readonly TimeSpan Import = TimeSpan.FromSeconds(5);

    /// <summary>Settings that put it in the place of the sandbox's own worker.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Teams:Arguments:0", typeof(SlowWorker).Assembly.Location),
        new("Teams:Arguments:1", Command),
    ];
}
