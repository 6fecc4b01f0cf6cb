using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>What a run is about: the plans that were approved for it, of every step or of some.</summary>
internal static class RunScope
{
    public static List<StepPlan> Plans(Run run) => EngineJson.Read<List<StepPlan>>(run.PlanJson);

    /// <summary>The steps that it brings about, or those that it takes back.</summary>
    public static IReadOnlySet<string> Steps(Run run) => (run.Kind switch
    {
        RunKind.Apply => Plans(run).Select(p => p.Step),
        RunKind.Undo => [run.Step!],
        _ => Plans(run).Where(p => p.Actions.Any()).Select(p => p.Step),
    }).ToHashSet(StringComparer.Ordinal);

    /// <summary>Something else is chosen in the step by now, and asks for nothing that the run's approval does not cover.</summary>
    public static bool TakesUp(StepGraph graph, StoredSteps stored, Run run, string step)
    {
        var before = RunChoices.Read(run.ChoicesJson);
        return ChoicesDigest.Of(graph, step, before) != ChoicesDigest.Of(graph, step, stored.Choices)
            && ChoicesDigest.Of(graph, step, before.With(stored.Choices, step)) == ChoicesDigest.Of(graph, step, stored.Choices)
            && new Approvable(graph, stored, run).IsUnderWay(step);
    }

    /// <summary>
    /// What was approved before goes on beside what is approved now: the plans of both, each step's own choices as they were approved.
    /// </summary>
    /// <param name="covered">The steps that are approved now.</param>
    /// <param name="atWork">The run whose place the new one takes; null where none is on its way.</param>
    public static (List<StepPlan> Plans, StepChoices Choices) Merge(StepGraph graph, StoredSteps stored, IReadOnlyList<string> covered, Run? atWork)
    {
        var before = atWork is null ? [] : Plans(atWork).Where(p => !covered.Contains(p.Step, StringComparer.Ordinal)).ToList();
        var plans = graph.Nodes.Select(n => covered.Contains(n.Name, StringComparer.Ordinal) ? stored.Plan(n.Name) : before.Find(p => p.Step == n.Name)).OfType<StepPlan>().ToList();
        var choices = atWork is null ? stored.Choices : stored.Choices.With(RunChoices.Read(atWork.ChoicesJson), before.Select(p => p.Step));
        return (plans, choices);
    }
}
