using Luware.Portal.Benchmarks.Teams;

namespace Luware.Portal.Benchmarks.Runs;

/// <param name="FirstAction">From the click on the approval until the first action began.</param>
/// <param name="End">From the click until only people can continue the run.</param>
internal sealed record RunTimes(TimeSpan FirstAction, TimeSpan End);

internal sealed class RunTimings
{
    public Timings FirstAction { get; } = new("approval to the first action begun");

    public Timings End { get; } = new("approval to the safety gate");

    public int Count => End.Count;

    public void Add(RunTimes run)
    {
        FirstAction.Add(run.FirstAction);
        End.Add(run.End);
    }
}
