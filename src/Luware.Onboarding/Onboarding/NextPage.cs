using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Onboarding;

/// <summary>Where a person goes straight on to after an approval: what only they can do, on a page that leads back.</summary>
public static class NextPage
{
    /// <param name="approved">The steps that the approval covers, as they were shown. A step that others come before opens nothing until they are verified.</param>
    /// <param name="before">The run that was there when it was given.</param>
    /// <returns>Null where nothing of it is theirs, or a colleague has it. A page that a run has asked for already does not open by itself a second time: whoever declined or closed it opens it again themselves.</returns>
    public static Uri? Of(IReadOnlyList<StepView> approved, RunView? before, Actor actor) =>
        approved.Where(s => (s.Handed is null || s.Number > 0) && s.DependsOn.All(d => approved.Any(other => other.Step == d && other.Status.IsFinished()))).SelectMany(s => (s.Plan?.Actions ?? []).Where(a => a.Page is not null && IsTheirs(a, actor) && !WasAsked(before, s.Step, a)))
            .FirstOrDefault()?.Page;

    private static bool IsTheirs(PlannedAction action, Actor actor) => action.Roles.Count == 0 || action.Roles.Any(actor.Roles.Contains);

    private static bool WasAsked(RunView? run, string step, PlannedAction action) =>
        run is { State: RunState.Queued or RunState.Running or RunState.Waiting }
        && run.Actions.Any(a => a.Step == step && a.Key == action.Key && a.State != ActionState.Later);
}
