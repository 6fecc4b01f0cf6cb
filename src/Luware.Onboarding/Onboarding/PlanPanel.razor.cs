using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>The plan while it is decided: every object, the choices in place, the open questions, and one decision.</summary>
public sealed partial class PlanPanel
{
    private ObjectState? only;

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<(int Number, StepView Step)> Shown { get; set; }

    [Parameter] public DateTimeOffset? ReadingSince { get; set; }

    [Parameter] public Sentence? Problem { get; set; }

    [Parameter] public bool Busy { get; set; }

    [Parameter] public EventCallback Again { get; set; }

    [Parameter] public EventCallback Chosen { get; set; }

    /// <summary>The session had ended when something was chosen.</summary>
    [Parameter] public EventCallback SignedOut { get; set; }

    [Parameter] public EventCallback<string> Approve { get; set; }

    [Parameter] public EventCallback TryAgain { get; set; }

    [Parameter, EditorRequired] public required Func<WaitView, Task<WayBack?>> WayBack { get; set; }

    [Parameter, EditorRequired] public required Func<WaitView, int, Task<Decision?>> Confirm { get; set; }

    /// <summary>After the approval a page of Microsoft's opens by itself.</summary>
    [Parameter] public bool OpensPage { get; set; }

    private string Title => Shown.Count == 1 ? $"{Shown[0].Number} {Say.Step(Shown[0].Step.Step)}" : Say["Plan.Title"];

    private string FoundWord => Shown is [(_, { Plan.IsSkipped: true })] ? Say["Summary.Skipped"] : PlanSummary.Found(Say, Objects, Shown.Count == 1);

    private IReadOnlyList<PlannedObject> Objects => [.. Shown.SelectMany(s => s.Step.Plan?.Objects ?? [])];

    private IReadOnlyList<PlannedObject> AllObjects => [.. View.Steps.SelectMany(s => s.Plan?.Objects ?? [])];

    private IReadOnlyList<(string Step, Sentence Question)> Questions =>
        [.. Shown.SelectMany(s => (s.Step.Plan?.Questions ?? []).Select(q => (s.Step.Step, q)))];

    private bool CanApprove => View.Digest is not null && ReadingSince is null && !Busy && !View.WritesStopped;

    private string ReadWord => ReadingSince is not null
        ? Say["Plan.ReadingAgain"]
        : Shown.Select(s => s.Step.Plan?.ReadAt).Min() is { } at ? Say["Plan.ReadAt", Clock.Text(at)] : "";

    private string GateWord => PlanSummary.Gate(Say, AllObjects);

    /// <summary>Why the plan cannot be approved now, or what the approval covers.</summary>
    private string ConditionWord => this switch
    {
        { Problem: { } sentence } => Say[sentence],
        { View.WritesStopped: true } => Say["Decision.Stopped"],
        { ReadingSince: not null } => Say["Plan.ReadingAgain"],
        { View.Digest: null } => Say["Decision.Questions"],
        { Questions.Count: > 0 } => Say["Decision.Follows"],
        { OpensPage: true } => $"{Say["Decision.Covers"]} {Say["Decision.OpensPage"]}",
        _ => Say["Decision.Covers"],
    };
}
