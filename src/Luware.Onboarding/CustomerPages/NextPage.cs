using Luware.Onboarding.Engine;

namespace Luware.Onboarding.CustomerPages;

/// <summary>The page that opens directly after an approval: a task that only the person can do, on a page that leads back.</summary>
public static class NextPage
{
    /// <param name="view">What was shown when the approval was given.</param>
    /// <param name="approved">The steps that the approval covers. A step that depends on others opens nothing until they are verified.</param>
    /// <returns>
    /// Null if there is no such task for this person, or a colleague has it or holds a link to it that is still good. A page that a run has already asked for
    /// does not open automatically a second time: a person who declined or closed it opens it again themselves.
    /// </returns>
    public static Uri? Of(OnboardingView view, IEnumerable<StepView> approved, Actor actor, DateTimeOffset now) => approved
        .Where(s => (view.IsHanded || s.Handed?.IsGoodAt(now) != true)
            && s.DependsOn.All(d => view.Steps.Any(other => other.Step == d && other.Status.IsFinished())))
        .SelectMany(s => (s.Plan?.Actions ?? []).Where(a => a.Page is not null && IsTheirs(a, actor) && !WasAsked(view.Run, s.Step, a)))
        .FirstOrDefault()?.Page;

    private static bool IsTheirs(PlannedAction action, Actor actor) => action.Roles.Count == 0 || action.Roles.Any(actor.Roles.Contains);

    private static bool WasAsked(RunView? run, string step, PlannedAction action) =>
        run?.State.IsActive() == true && run.Actions.Any(a => a.Step == step && a.Key == action.Key && a.State != ActionState.Later);
}
