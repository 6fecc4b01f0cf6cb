using Luware.Onboarding.Engine;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Finds the next step that needs the person who goes step by step.</summary>
public static class NextStep
{
    /// <returns>The first step that needs the person; null if none does.</returns>
    public static string? First(OnboardingView view) => view.Steps.FirstOrDefault(s => Asks(view, s))?.Step;

    /// <returns>The first such step after <paramref name="step"/>, or else before it.</returns>
    public static string? After(OnboardingView view, string step)
    {
        var behind = view.Steps.SkipWhile(s => s.Step != step).Skip(1);
        var before = view.Steps.TakeWhile(s => s.Step != step);
        return behind.Concat(before).FirstOrDefault(s => Asks(view, s))?.Step;
    }

    /// <summary>The page of the next step, or of the whole plan if no step needs the person.</summary>
    public static string AddressAfter(OnboardingView view, string step) =>
        $"{(After(view, step) is { } next ? $"onboarding/{next}" : "onboarding")}?after={step}";

    /// <summary>True if a run includes the step and nothing newer of it needs approval.</summary>
    public static bool IsUnderWay(OnboardingView view, StepView step) =>
        view.Run is { Kind: RunKind.Apply } run && run.Carries(step.Step) && step.Approval is null && !step.Status.IsFinished();

    /// <summary>True if the person has nothing to do: the step is finished, or Luware must act first.</summary>
    public static bool IsOver(StepView step) => step.Status.IsFinished() || step.Status == StepStatus.WaitingOnLuware;

    private static bool Asks(OnboardingView view, StepView step) =>
        step.Approval is not null
        || (step.Plan is { Questions.Count: > 0 } && !step.Status.IsFinished())
        || view.Run?.Waits.Any(w => w.Step == step.Step && w.On == WaitsFor.Customer) == true;
}
