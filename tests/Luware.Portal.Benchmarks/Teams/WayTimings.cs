namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The measurements of each variant.</summary>
internal sealed class WayTimings
{
    public Timings ConnectSent { get; } = new("lease asked for to connect on the wire");

    public Timings Connected { get; } = new("lease asked for to connected and proven");

    public Timings FirstResult { get; } = new("lease asked for to the first result");

    public Timings Command { get; } = new("one command round trip");

    public IReadOnlyList<Timings> All => [ConnectSent, Connected, FirstResult, Command];
}
