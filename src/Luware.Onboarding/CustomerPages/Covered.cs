using Luware.Onboarding.Engine;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Determines what an approval on a page covers.</summary>
public static class Covered
{
    /// <param name="view">What is shown.</param>
    /// <param name="step">
    /// The step that is approved on its own page; null on the page of the whole plan, which for a colleague contains only what was handed to them.
    /// </param>
    /// <returns>Null if the approval covers the whole plan, or there is nothing to approve.</returns>
    public static StepApproval? By(OnboardingView view, StepView? step) =>
        step is not null ? step.Approval
        : view.IsHanded ? view.Steps.Select(s => s.Approval).FirstOrDefault(a => a is not null && a.Digest == view.Digest)
        : null;

    public static IReadOnlyList<StepView> Steps(OnboardingView view, StepView? step) => step is null && !view.IsHanded
        ? view.Steps
        : [.. view.Steps.Where(s => By(view, step)?.Steps.Contains(s.Step, StringComparer.Ordinal) == true)];
}
