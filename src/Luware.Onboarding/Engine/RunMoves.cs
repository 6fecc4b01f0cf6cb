using System.Collections.Frozen;
using static Luware.Onboarding.Engine.RunState;

namespace Luware.Onboarding.Engine;

/// <summary>The legal moves of a run's state. Running to Running is a run that is taken up again after a crash.</summary>
public static class RunMoves
{
    private static readonly FrozenDictionary<RunState, RunState[]> Table = new Dictionary<RunState, RunState[]>
    {
        [Queued] = [Running, Replaced],
        [Running] = [Running, Waiting, Done, Failed, Replaced],
        [Waiting] = [Running, Replaced],
        [Done] = [],
        [Failed] = [],
        [Replaced] = [],
    }.ToFrozenDictionary();

    public static bool IsLegal(RunState from, RunState to) => Table[from].Contains(to);

    public static void Require(RunState from, RunState to)
    {
        if (!IsLegal(from, to))
            throw new InvalidOperationException($"A run cannot go from {from} to {to}.");
    }
}
