using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>What an approval would do, and the one button for it; on a step's page for this step, or else the way on from it.</summary>
public sealed partial class PlanDecision
{
    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The step that is decided about alone; null for the whole plan.</summary>
    [Parameter] public StepView? Step { get; set; }

    [Parameter] public bool HasQuestions { get; set; }

    [Parameter] public bool Reading { get; set; }

    [Parameter] public Sentence? Problem { get; set; }

    [Parameter] public bool Busy { get; set; }

    /// <summary>After the approval a page of Microsoft's opens by itself.</summary>
    [Parameter] public bool OpensPage { get; set; }

    [Parameter] public EventCallback<string> Approve { get; set; }

    private string? Digest => Step is null ? View.Digest : Step.Approval?.Digest;

    /// <summary>Null where it is one of the whole plan.</summary>
    private StepApproval? Approval => Covered.By(View, Step);

    private bool IsWhole => Step is null && !View.IsHanded;

    private string? First => NextStep.First(View);

    private IReadOnlyList<PlannedObject> Objects => [.. View.Steps.Where(IsCovered).SelectMany(s => s.Plan?.Objects ?? [])];

    private bool CanApprove => Digest is not null && !Reading && !Busy && !View.WritesStopped;

    /// <summary>Why it cannot be approved now, or what the approval covers.</summary>
    private string ConditionWord => this switch
    {
        { Problem: { } sentence } => Say[sentence],
        { View.WritesStopped: true } => Say["Decision.Stopped"],
        { Reading: true } => Say["Plan.ReadingAgain"],
        { Digest: null } => Say["Decision.Questions"],
        { HasQuestions: true } => Say["Decision.Follows"],
        { OpensPage: true } => $"{CoversWord} {Say["Decision.OpensPage"]}",
        _ => CoversWord,
    };

    private string CoversWord => Approval is { } approval
        ? Say["Decision.CoversSteps", string.Join(", ", approval.Steps.Select(Say.Step))]
        : Say["Decision.Covers"];

    private bool IsCovered(StepView step) => IsWhole || step.Step == Step?.Step || Approval?.Steps.Contains(step.Step, StringComparer.Ordinal) == true;
}
