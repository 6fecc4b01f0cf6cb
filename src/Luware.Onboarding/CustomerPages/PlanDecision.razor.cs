using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Shows what an approval would do, and its button. On a step's page it approves that step, or else leads on to the next one.</summary>
public sealed partial class PlanDecision
{
    /// <summary>The digest of an approval just given, until the page has received its run.</summary>
    private string? approved;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The step that is approved on its own; null for the whole plan.</summary>
    [Parameter] public StepView? Step { get; set; }

    [Parameter] public bool HasQuestions { get; set; }

    [Parameter] public bool Reading { get; set; }

    /// <summary>Moves to the first open question.</summary>
    [Parameter] public EventCallback AnswerFirst { get; set; }

    /// <summary>Repeats the readings that failed.</summary>
    [Parameter] public EventCallback Again { get; set; }

    [Parameter] public EventCallback Approved { get; set; }

    private string? Digest => Step is null ? View.Digest : Step.Approval?.Digest;

    /// <summary>Null if the approval covers the whole plan.</summary>
    private StepApproval? Approval => Covered.By(View, Step);

    private bool IsWhole => Step is null && !View.IsHanded;

    /// <summary>True if there is no open question but something could not be read, so nothing can be approved.</summary>
    private bool IsUnread => (Step is null ? View.Steps : [Step]).Any(s => s.Plan?.Objects.Any(o => o.State == ObjectState.Unknown) == true);

    /// <summary>True if the page says above why it could not be read.</summary>
    private bool IsExplained => (Step is null ? View.Steps : [Step]).Any(s => s.Plan?.Refusal is not null);

    private string? First => NextStep.First(View);

    private IReadOnlyList<PlannedObject> Objects => [.. View.Steps.Where(IsCovered).SelectMany(s => s.Plan?.Objects ?? [])];

    private bool CanApprove => Digest is not null && !Reading && !IsBusy && !View.WritesStopped && Digest != approved;

    /// <summary>True if only open questions keep the plan from being approved.</summary>
    private bool AsksFirst => Digest is null && HasQuestions && !Reading && !View.WritesStopped && Problem is null;

    /// <summary>Why approval is impossible now, or which steps it covers and what follows it.</summary>
    private string ConditionWord => this switch
    {
        { Problem: { } sentence } => Say[sentence],
        { View.WritesStopped: true } => Say["Decision.Stopped"],
        { Reading: true } => Say["Plan.ReadingAgain"],
        { Digest: null } => Say["Decision.Questions"],
        { HasQuestions: true } => Say["Decision.Follows"],
        _ => Join(
            Approval is { } approval ? Say["Decision.CoversSteps", string.Join(", ", approval.Steps.Select(Say.Step))] : null,
            PageAfterApproval is null ? null : Say["Decision.OpensPage"]),
    };

    /// <summary>Whose word the approval lets count; null if it only lets the portal act.</summary>
    private string? WordsCount => View.Steps.Where(IsCovered).Select(s => s.Plan).FirstOrDefault(p => p?.Actions.Any(a => a.IsWord) == true) is { } plan
        ? plan.Word!.By == Who!.Access.PersonId
            ? Say["Consequence.Word"]
            : Say["Consequence.WordOf", plan.Objects.First(o => o.Action is { IsWord: true }).What.Arguments[0]]
        : null;

    /// <summary>An approval of one step may cover others in which only a person acts; the button says so.</summary>
    private string ApproveWord => IsWhole ? Say["Decision.Approve"]
        : Approval is { Steps: { Count: > 1 } several }
            ? Say["Decision.ApproveSteps", Say.List([.. several.Select(s => $"{View.NumberOf(s)}")])]
        : Say["Decision.ApproveStep"];

    /// <summary>Details that need not be read before every approval and would make the bar cover the plan.</summary>
    private string ScopeWord => Digest is null ? ""
        : Join(
            Approval is null ? Say[HasQuestions || IsUnread ? "Decision.CoversRest" : "Decision.Covers"] : null,
            IsGated ? Say["Consequence.WayBack"] : null);

    private IReadOnlyList<StepView> ToApprove => Covered.Steps(View, Step);

    private bool IsGated => PlanSummary.IsGated(ToApprove.SelectMany(s => s.Plan?.Objects ?? []));

    /// <summary>The page that opens automatically after the approval.</summary>
    private Uri? PageAfterApproval => NextPage.Of(View, ToApprove, Who!, Time.GetUtcNow());

    protected override void OnParametersSet()
    {
        // A problem of the previous plan does not apply to the one that is being read.
        if (Reading)
            Problem = null;
        if (Digest != approved)
            approved = null;
    }

    private bool IsCovered(StepView step) => IsWhole || step.Step == Step?.Step || Approval?.Steps.Contains(step.Step, StringComparer.Ordinal) == true;

    /// <param name="clicked">The digest of the plan shown at the click; the page may show another one before the undo script is saved.</param>
    private async Task ApproveAsync(string? clicked)
    {
        if (clicked is null || !CanApprove)
            return;

        var (next, isGated) = (PageAfterApproval, IsGated);
        if (!await DecideAsync((who, token) => ApproveAsync(who, clicked, isGated, token)))
            return;

        approved = clicked;
        if (next is not null)
        {
            Navigation.NavigateTo(next.ToString(), forceLoad: true);
            return;
        }

        await Approved.InvokeAsync();
        FocusOn("h1");
    }

    /// <summary>Saves the undo script for the person before anything can stop a call; the first test user comes next.</summary>
    private async Task<Decision> ApproveAsync(Actor who, string digest, bool isGated, CancellationToken cancellationToken)
    {
        if (isGated && await UndoDownloads.FirstAsync(Engine, State, "", withChosen: true, cancellationToken) is { } wayBack)
            await Js.InvokeVoidAsync("luware.save", cancellationToken, wayBack.Address);
        return await Engine.ApproveAsync(who, digest, cancellationToken);
    }

    private static string Join(params IEnumerable<string?> sentences) => string.Join(' ', sentences.OfType<string>());
}
