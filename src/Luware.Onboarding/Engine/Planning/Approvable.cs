using System.Security.Cryptography;
using System.Text;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>What a person can approve now, the whole plan or one step of it, each known by a digest of what the approval would cover.</summary>
/// <param name="atWork">The run that applies what was approved before; null where none is on its way.</param>
internal sealed class Approvable(StepGraph graph, StoredSteps stored, Run? atWork)
{
    private readonly List<StepPlan> approved = atWork is null ? [] : RunScope.Plans(atWork);

    /// <summary>The whole plan, unless a run already does everything that the latest readings ask for.</summary>
    public string? Left() => graph.Nodes.All(n => Fresh(n.Name)?.Actions.All(a => approved.Covers(n.Name, a)) == true) ? null : Whole();

    /// <summary>One step. What it rests on is there or approved; steps right behind it in which nobody but a person acts come along.</summary>
    /// <returns>Null where the step cannot be approved now, or nothing of it is left to be.</returns>
    public StepApproval? Step(string step) => IsUnderWay(step) ? null : Step(step, alone: false);

    /// <summary>One step for the colleague who has it: nothing else comes along.</summary>
    /// <param name="takesOver">Also what a run is about already: from now on it is done with the colleague's sign-in.</param>
    /// <returns>Null also where all that is left is done by the colleague on a page elsewhere: it asks for no approval.</returns>
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

    /// <summary>What a step rests on and what is neither there nor approved.</summary>
    public IReadOnlyList<string> NeededFirst(string step) =>
        [.. graph.Nodes.Single(n => n.Name == step).DependsOn.Where(d => !IsThere(d) && !IsUnderWay(d))];

    /// <summary>The steps that the approval of this digest would cover; null where nothing that can be approved now has it.</summary>
    public IReadOnlyList<string>? Covered(string? digest) => string.IsNullOrEmpty(digest) ? null
        : Whole() == digest ? [.. graph.Nodes.Select(n => n.Name)]
        : graph.Nodes.SelectMany(n => new[] { Step(n.Name), Handed(n.Name, takesOver: true) }).FirstOrDefault(a => a?.Digest == digest)?.Steps;

    /// <summary>A run already does everything that the latest reading asks for.</summary>
    public bool IsUnderWay(string step) =>
        approved.Exists(p => p.Step == step) && Fresh(step)?.Actions.All(a => approved.Covers(step, a)) == true;

    /// <summary>
    /// Null while something is open: a step unread or read with other choices, a question, or nothing to do. What is open in a step that
    /// can follow holds nobody else: the run does the others and then waits for it.
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

    /// <summary>The portal changes nothing: the person does it, on a page that is opened for them.</summary>
    private static bool IsOnlyTheirs(StepPlan plan) => IsComplete(plan) && plan.Actions.Any() && plan.Actions.All(a => a.Page is not null);

    /// <summary>Of every action with its essence and the people that it touches; for a part of the plan of the steps' names, too.</summary>
    public static string Digest(IEnumerable<StepPlan> plans, IReadOnlyList<string>? steps = null)
    {
        var actions = plans.SelectMany(plan => plan.Actions.Select(a => new { plan.Step, a.Key, a.Essence, a.Impact.People, a.Impact.CanStopCalls }));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EngineJson.Write(new { Steps = steps, Actions = actions }))));
    }
}
