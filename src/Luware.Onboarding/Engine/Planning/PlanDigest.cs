using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Identifies what an approval would cover: every action with its essence and the people that it touches.</summary>
internal static class PlanDigest
{
    /// <summary>
    /// Null while something is open: a step unread or read with other choices, a question, or nothing to do. What is open in a step that
    /// can follow holds nobody else: the run does the others and then waits for it.
    /// </summary>
    public static string? Of(StepGraph graph, StoredSteps stored)
    {
        var plans = graph.Nodes.Select(n => stored.FreshPlan(graph, n.Name)).ToList();
        var isOpen = graph.Nodes.Zip(plans, (node, plan) => plan is null || !(node.CanFollow || IsComplete(plan))).Any(open => open);
        if (isOpen || !plans.Exists(p => p!.Actions.Any()))
            return null;

        return Of(plans!);
    }

    public static string Of(IEnumerable<StepPlan> plans)
    {
        var covered = plans.SelectMany(plan => plan.Actions.Select(a => new { plan.Step, a.Key, a.Essence, a.Impact.People, a.Impact.CanStopCalls }));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(EngineJson.Write(covered))));
    }

    private static bool IsComplete(StepPlan plan) =>
        plan.Questions.Count == 0 && plan.Objects.All(o => o.State != ObjectState.Unknown);
}
