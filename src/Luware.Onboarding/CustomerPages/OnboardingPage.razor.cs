using Luware.Onboarding.Engine;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.CustomerPages;

/// <summary>
/// The single page of onboarding: the plan until it is approved, the run while it is in progress, the result when it is verified. A step filters it.
/// </summary>
public sealed partial class OnboardingPage : ComponentBase, IAsyncDisposable
{
    /// <summary>Pause after a choice, so that several choices in a row cause one reading.</summary>
    private static readonly TimeSpan PauseAfterChoice = TimeSpan.FromMilliseconds(800);

    private TenantReading reading = null!;
    private bool hasLooked;
    private bool follows;
    private bool hasLeft;
    private DateTimeOffset arrivedAt;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required ILogger<TenantReading> ReadingLog { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required CustomerState State { get; set; }

    /// <summary>The step to which the page is filtered.</summary>
    [Parameter] public string? Step { get; set; }

    /// <summary>"plan" shows the plan instead of a run or a result.</summary>
    [Parameter, SupplyParameterFromQuery] public string? Show { get; set; }

    /// <summary>The step for which the person returns from Microsoft's page.</summary>
    [Parameter, SupplyParameterFromQuery] public string? Back { get; set; }

    /// <summary>The step from which the person was led here.</summary>
    [Parameter, SupplyParameterFromQuery] public string? After { get; set; }

    private OnboardingView? View => State.View;
    private bool IsSignedOut => State.Kind == CustomerStateKind.SignedOut || reading.Problem == ReadingProblem.SignedOut;
    private bool HasPlan => View!.Steps.Any(s => s.Plan is not null);

    /// <summary>True until every step has been read, because a partial plan would show less than its approval covers.</summary>
    private bool IsFirstReading => reading.Since is not null && Shown.Any(s => s.Step.Plan is null);
    private bool IsVerified => !View!.IsHanded && View.Steps.All(s => s.Status.IsFinished());

    /// <summary>A failed run is shown until what it left undone has been done.</summary>
    private bool ShowsRun => Step is null && Show is null && View!.Run is { State: not (RunState.Done or RunState.Replaced) } run
        && !(IsVerified && run is { Kind: RunKind.Apply, State: RunState.Failed });

    /// <summary>The step for which the person returned, until it has been judged since then, because returning proves nothing.</summary>
    private StepView? Returned => View!.Steps.FirstOrDefault(s => s.Step == Back && !s.Status.IsVerified() && !IsJudged(s));

    private StepView? Left => IsVerified ? null : View!.Steps.FirstOrDefault(s => s.Step == After);

    private IReadOnlyList<(int Number, StepView Step)> Shown =>
        [.. View!.Steps.Where(s => Step is null || string.Equals(s.Step, Step, StringComparison.OrdinalIgnoreCase)).Select(s => (View.NumberOf(s.Step), s))];

    public ValueTask DisposeAsync() => reading.DisposeAsync();

    protected override void OnInitialized()
    {
        arrivedAt = Time.GetUtcNow();
        reading = new TenantReading(
            (actor, token) => Engine.PlanAsync(actor, step: null, token), Time, ReadingLog,
            fault => _ = InvokeAsync(() => State.LookAgain(fault)), () => _ = InvokeAsync(StateHasChanged));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (State.Kind != CustomerStateKind.Open || View!.IsWithheld)
            return;
        if (Step is not null && Shown is [(_, var step)])
            LeadOn(step);
        if (hasLooked)
            return;

        hasLooked = true;
        if (!HasPlan || IsOutOfDate(View))
            await ReadAsync();
    }

    /// <summary>True once the step was read after the person returned, and nothing is left that goes on by itself.</summary>
    private bool IsJudged(StepView step) =>
        step.Plan?.ReadAt > arrivedAt && step.Status is not (StepStatus.Queued or StepStatus.Running or StepStatus.WaitingOnMicrosoft);

    /// <summary>True while somebody looks: nothing reads a step by itself that no run carries out.</summary>
    private bool IsChecked(StepView step) => (reading.Since ?? View!.ReadingSince) is not null
        || (View!.Run is { Kind: RunKind.Apply } run && run.Carries(step.Step));

    /// <summary>
    /// Leads a person who works through the steps to the next one when nothing is left for them to do; a person who only looks at a step stays.
    /// </summary>
    private void LeadOn(StepView step)
    {
        if (!NextStep.IsOver(step))
            follows |= NextStep.IsUnderWay(View!, step);
        else if (!hasLeft && (hasLeft = follows || Back == step.Step))
            Navigation.NavigateTo(NextStep.AddressAfter(View!, step.Step), replace: Back is not null);
    }

    /// <summary>
    /// True if choices were stored but the person left before the plan was updated. A run that asked a question learns the answer from that reading.
    /// </summary>
    private static bool IsOutOfDate(OnboardingView view) => view.Run is { State: not (RunState.Done or RunState.Replaced) } run
        ? run.Waits.Any(w => w.AsksForChoice && view.Steps.Any(s => s.Step == w.Step && s.IsOutdated))
        : view is { IsHanded: false, Digest: null }
            && view.Steps.Any(s => s.Plan is not { IsFulfilled: true })
            && view.Steps.All(s => s.IsOutdated || s.Plan is not { Questions.Count: > 0 });

    private Task ReadAsync() => reading.StartAsync(State.Actor!, TimeSpan.Zero);

    private Task ChosenAsync() => reading.StartAsync(State.Actor!, PauseAfterChoice);

    /// <summary>After an approval, moves to the place where its run is visible.</summary>
    private void FollowRun()
    {
        follows = true;
        if (Step is null && Show is not null)
            Navigation.NavigateTo("onboarding");
    }
}
