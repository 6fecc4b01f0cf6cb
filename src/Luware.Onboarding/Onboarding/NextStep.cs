using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Onboarding;

/// <summary>Where a person who goes step by step is needed next.</summary>
public static class NextStep
{
    /// <returns>The first step that asks something of the person; null where none does.</returns>
    public static string? First(OnboardingView view) => view.Steps.FirstOrDefault(s => Asks(view, s))?.Step;

    /// <returns>The first one behind <paramref name="step"/>, or else before it.</returns>
    public static string? After(OnboardingView view, string step)
    {
        var behind = view.Steps.SkipWhile(s => s.Step != step).Skip(1);
        var before = view.Steps.TakeWhile(s => s.Step != step);
        return behind.Concat(before).FirstOrDefault(s => Asks(view, s))?.Step;
    }

    /// <summary>The page of the next step, or of the whole plan where no step asks anything.</summary>
    public static string AddressAfter(OnboardingView view, string step) =>
        $"{(After(view, step) is { } next ? $"onboarding/{next}" : "onboarding")}?after={step}";

    /// <summary>A run is about the step, and nothing newer of it is to be approved.</summary>
    public static bool IsUnderWay(OnboardingView view, StepView step) =>
        view.Run is { Kind: RunKind.Apply, State: RunState.Queued or RunState.Running or RunState.Waiting } run
        && run.Steps.Contains(step.Step) && step.Approval is null && !step.Status.IsFinished();

    /// <summary>Nothing of it is left to the person: it is as it should be, or Luware comes first.</summary>
    public static bool IsOver(StepView step) => step.Status.IsFinished() || step.Status == StepStatus.WaitingOnLuware;

    private static bool Asks(OnboardingView view, StepView step) =>
        step.Approval is not null
        || (step.Plan is { Questions.Count: > 0 } && !step.Status.IsFinished())
        || view.Run?.Waits.Any(w => w.Step == step.Step && w.On == WaitsFor.Customer) == true;
}
