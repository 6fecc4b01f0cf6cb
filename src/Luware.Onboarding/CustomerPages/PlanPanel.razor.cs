using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>The plan before approval: every object, the choices in place, the open questions, and one decision.</summary>
public sealed partial class PlanPanel
{
    private ObjectState? only;

    [Inject] public required IEngine Engine { get; init; }

    [Inject] public required IPeopleSearch People { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<(int Number, StepView Step)> Shown { get; set; }

    [Parameter] public DateTimeOffset? ReadingSince { get; set; }

    [Parameter] public EventCallback Again { get; set; }

    [Parameter] public EventCallback Chosen { get; set; }

    [Parameter] public EventCallback Approved { get; set; }

    /// <summary>The only step that is shown; null for the whole plan.</summary>
    private StepView? Alone => Shown is [(_, var step)] ? step : null;

    /// <summary>The only step that is shown, while a run includes it.</summary>
    private StepView? Going => Alone is not null && NextStep.IsUnderWay(View, Alone) ? Alone : null;

    private string Title => Alone is null ? Say["Plan.Title"] : $"{Shown[0].Number} {Say.Step(Alone.Step)}";

    /// <summary>The browser tab's title, which shows the progress to people who are on another tab.</summary>
    private string? Tab => Going is not null && View.Run!.Actions.Where(a => a.Step == Going.Step).ToList() is { Count: > 0 } actions
        ? $"{Say["Run.Progress", actions.Count(a => a.State == ActionState.Done), actions.Count]}, {Title}"
        : null;

    /// <summary>The reason for the step's status, if neither a wait nor the plan below shows it.</summary>
    private string? StandingWord => Alone is { Detail: { } detail, Status: not StepStatus.Skipped } && View.Run?.Waits.Any(w => w.Step == Alone.Step) != true
        ? Say[detail]
        : null;

    private string FoundWord => Alone is { Plan: null } ? Say["Summary.NotRead"]
        : Going is not null ? Say["Run.Lead", View.Run!.ApprovedBy, Clock.In(Say, View.Run.ApprovedAt)]
        : Shown is [(_, { Plan.IsSkipped: true })] ? Say["Summary.Skipped"]
        : Shown is [(_, { Plan.IsByHand: true })] ? ""
        : PlanSummary.Found(Say, Objects, Alone is not null);

    private IReadOnlyList<PlannedObject> Objects => [.. Shown.SelectMany(s => s.Step.Plan?.Objects ?? [])];

    private IReadOnlyList<(string Step, Sentence Question)> Questions =>
        [.. Shown.SelectMany(s => (s.Step.Plan?.Questions ?? []).Select(q => (s.Step.Step, q)))];

    private string ReadWord => ReadingSince is not null
        ? Say["Plan.ReadingAgain"]
        : Shown.Select(s => s.Step.Plan?.ReadAt).Min() is { } at ? Say["Plan.ReadAt", Clock.In(Say, at)] : "";

    /// <summary>Moves to the step's choices or, if they are closed, to the button that opens them.</summary>
    private void Answer(string step) => FocusOn($"#choices-{step} :is(input, select, textarea, button), #change-{step}[aria-expanded=false]");

    /// <returns>Why the choice may not have been stored.</returns>
    private async Task<Sentence?> StoreAsync(StoreChoices store)
    {
        Problem = null;
        await AskAsync(async (who, token) =>
        {
            await store(Engine, who, token);
            await Chosen.InvokeAsync();
        });
        return Problem;
    }

    private Task<IReadOnlyList<ChoiceOption>?> FindAsync(string text, CancellationToken cancellationToken) =>
        AskAsync((who, _) => People.FindAsync(who, text, cancellationToken));
}
