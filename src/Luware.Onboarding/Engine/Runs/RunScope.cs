using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>The steps of a run, from the plans that were approved for it.</summary>
internal static class RunScope
{
    public static List<StepPlan> Plans(Run run) => EngineJson.Read<List<StepPlan>>(run.PlanJson);

    /// <summary>The steps that the run applies or takes back.</summary>
    public static IReadOnlySet<string> Steps(Run run) => (run.Kind switch
    {
        RunKind.Apply => Plans(run).Select(p => p.Step),
        RunKind.Undo => [run.Step!],
        _ => Plans(run).Where(p => p.Actions.Any()).Select(p => p.Step),
    }).ToHashSet(StringComparer.Ordinal);

    /// <summary>True if the step's choices have changed and the run's approval covers all that they require.</summary>
    public static bool TakesUp(StepGraph graph, StoredSteps stored, Run run, string step)
    {
        var before = RunChoices.Read(run.ChoicesJson);
        return ChoicesDigest.Of(graph, step, before) != ChoicesDigest.Of(graph, step, stored.Choices)
            && ChoicesDigest.Of(graph, step, before.With(stored.Choices, step)) == ChoicesDigest.Of(graph, step, stored.Choices)
            && new Approvable(graph, stored, run).IsUnderWay(step);
    }

    /// <summary>Merges earlier approvals with this one: both plans, and for each step the choices as they were approved.</summary>
    /// <param name="covered">The steps that are approved now.</param>
    /// <param name="atWork">The run that the new one replaces; null when none is active.</param>
    public static (List<StepPlan> Plans, StepChoices Choices) Merge(StepGraph graph, StoredSteps stored, IReadOnlyList<string> covered, Run? atWork)
    {
        var before = atWork is null ? [] : Plans(atWork).Where(p => !covered.Contains(p.Step, StringComparer.Ordinal)).ToList();
        var plans = graph.Nodes
            .Select(n => covered.Contains(n.Name, StringComparer.Ordinal) ? stored.Plan(n.Name) : before.Find(p => p.Step == n.Name))
            .OfType<StepPlan>().ToList();
        var choices = atWork is null ? stored.Choices : stored.Choices.With(RunChoices.Read(atWork.ChoicesJson), before.Select(p => p.Step));
        return (plans, choices);
    }
}
