using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>What a person can approve now, the whole plan or one step, each identified by a digest of what the approval covers.</summary>
/// <param name="atWork">The active run that applies what was approved before; null when there is none.</param>
internal sealed class Approvable(StepGraph graph, StoredSteps stored, Run? atWork)
{
    private readonly List<StepPlan> approved = atWork is null ? [] : RunScope.Plans(atWork);

    /// <summary>The whole plan, unless a run already does everything that the latest readings ask for.</summary>
    public string? WholeUnlessUnderWay() => graph.Nodes.All(n => Fresh(n.Name)?.Actions.All(a => approved.Covers(n.Name, a)) == true) ? null : Whole();

    /// <summary>One step whose dependencies are done or approved, with the steps directly after it in which only a person acts.</summary>
    /// <returns>Null when the step cannot be approved now, or nothing of it is left to approve.</returns>
    public StepApproval? Step(string step) => IsUnderWay(step) ? null : Step(step, alone: false);

    /// <summary>One step alone, for the colleague who has it.</summary>
    /// <param name="takesOver">True to include what an active run already does, which then continues with the colleague's sign-in.</param>
    /// <returns>Also null if the colleague does everything that is left on a page elsewhere, which needs no approval.</returns>
    public StepApproval? Handed(string step, bool takesOver) =>
        (!takesOver && IsUnderWay(step)) || (Fresh(step) is { } plan && IsOnlyTheirs(plan)) ? null : Step(step, alone: true);

    private StepApproval? Step(string step, bool alone)
    {
        if (Fresh(step) is not { } plan || !IsComplete(plan) || !plan.Actions.Any() || NeededFirst(step).Count > 0)
            return null;

        var covered = new List<StepPlan> { plan };
        foreach (var next in graph.Nodes.SkipWhile(n => n.Name != step).Skip(1).Where(n => !alone && !IsThere(n.Name) && !IsUnderWay(n.Name)))
        {
            if (Fresh(next.Name) is not { } other || !IsOnlyTheirs(other) || NeededFirst(next.Name).Any(needed => !covered.Exists(p => p.Step == needed)))
                break;
            covered.Add(other);
        }

        var steps = covered.Select(p => p.Step).ToList();
        return new StepApproval(Digest(covered, steps), steps);
    }

    /// <summary>The step's dependencies that are neither done nor approved.</summary>
    public IReadOnlyList<string> NeededFirst(string step) =>
        [.. graph.Nodes.Single(n => n.Name == step).DependsOn.Where(d => !IsThere(d) && !IsUnderWay(d))];

    /// <summary>The steps that the approval of this digest would cover; null when nothing that can be approved now has this digest.</summary>
    public IReadOnlyList<string>? Covered(string? digest) => string.IsNullOrEmpty(digest) ? null
        : Whole() == digest ? [.. graph.Nodes.Select(n => n.Name)]
        : graph.Nodes.SelectMany(n => new[] { Step(n.Name), Handed(n.Name, takesOver: true) }).FirstOrDefault(a => a?.Digest == digest)?.Steps;

    /// <summary>True when a run already does everything that the latest reading asks for.</summary>
    public bool IsUnderWay(string step) =>
        approved.Exists(p => p.Step == step) && Fresh(step)?.Actions.All(a => approved.Covers(step, a)) == true;

    /// <summary>
    /// The digest of the whole plan; null while a step is unread, was read with other choices or asks a question, or if no step has anything to do. Open points
    /// in a step that can follow do not count: the run does the others and then waits for it.
    /// </summary>
    private string? Whole()
    {
        var isOpen = graph.Nodes.Any(n => Fresh(n.Name) is not { } plan || !(n.CanFollow || IsComplete(plan)));
        var plans = graph.Nodes.Select(n => Fresh(n.Name)).OfType<StepPlan>().ToList();
        return isOpen || !plans.Exists(p => p.Actions.Any()) ? null : Digest(plans);
    }

    private bool IsThere(string step) => stored.Records.GetValueOrDefault(step)?.Status.IsFinished() == true;

    private StepPlan? Fresh(string step) => stored.FreshPlan(graph, step);

    private static bool IsComplete(StepPlan plan) =>
        plan.Questions.Count == 0 && plan.Objects.All(o => o.State != ObjectState.Unknown);

    /// <summary>True if the person does all of it on pages that are opened for them, and the portal changes nothing.</summary>
    private static bool IsOnlyTheirs(StepPlan plan) => IsComplete(plan) && plan.Actions.Any() && plan.Actions.All(a => a.Page is not null);

    /// <summary>Digest over every action's key, essence and impact, and over the step names when only part of the plan is approved.</summary>
    public static string Digest(IEnumerable<StepPlan> plans, IReadOnlyList<string>? steps = null)
    {
        var actions = plans.SelectMany(plan => plan.Actions.Select(a => new { plan.Step, a.Key, a.Essence, a.Impact.People, a.Impact.CanStopCalls }));
        return TextDigest.Of(EngineJson.Write(new { Steps = steps, Actions = actions }));
    }
}
