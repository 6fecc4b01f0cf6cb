namespace Luware.Onboarding.Engine.Planning;

/// <summary>What an approved plan allows later readings to do.</summary>
internal static class Approval
{
    public static PlannedAction? Find(this IReadOnlyList<StepPlan> approved, string step, string actionKey) =>
        approved.FirstOrDefault(p => p.Step == step)?.Actions.FirstOrDefault(a => a.Key == actionKey);

    /// <summary>True when an action with the same key and essence was approved for at least as many people and as grave an impact.</summary>
    public static bool Covers(this IReadOnlyList<StepPlan> approved, string step, PlannedAction action) =>
        approved.Find(step, action.Key) is { } before && before.Essence == action.Essence
        && action.Impact.People <= before.Impact.People && (before.Impact.CanStopCalls || !action.Impact.CanStopCalls);
}
