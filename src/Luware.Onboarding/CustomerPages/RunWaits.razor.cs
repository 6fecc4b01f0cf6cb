using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Lists whom a run is waiting for: the customer's own tasks first, the first of them with the only filled button.</summary>
public sealed partial class RunWaits
{
    [Inject] public required IEngine Engine { get; init; }

    [Parameter, EditorRequired] public required RunView Run { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<StepView> Steps { get; set; }

    /// <summary>True after a failed test call, which blocks further grants.</summary>
    [Parameter] public bool CallFailed { get; set; }

    /// <summary>Shows only the waits of this step.</summary>
    [Parameter] public string? Only { get; set; }

    private IEnumerable<WaitView> All => Run.Waits.Where(w => Only is null || w.Step == Only);

    private IReadOnlyList<WaitView> Refused => [.. All.Where(w => w.Refusal is not null)];

    /// <summary>The waits for a confirmation at the safety gate. They are shown expanded, because a number must be typed.</summary>
    private IReadOnlyList<WaitView> Gates => [.. All.Where(IsGate)];

    private IReadOnlyList<WaitView> Waits => [.. All.Where(w => w.Refusal is null && !IsGate(w)).OrderBy(w => w.On)];

    private WaitView? First => Refused.Count > 0 ? null : Gates.Concat(Waits.Where(w => LinkOf(w) is not null && w.On == WaitsFor.Customer)).FirstOrDefault();

    private Contact? Contact => State.View is { } view ? Help.ContactOf(view.Tenant) : null;

    private Task ResumeAsync()
    {
        Problem = null;
        return AskAsync(Engine.ResumeAsync);
    }

    private Task<WayBack?> WayBackAsync(WaitView wait) =>
        AskUntilAnsweredAsync((_, token) => UndoDownloads.FirstAsync(Engine, State, wait.Step, withChosen: false, token));

    /// <summary>Confirms the gate; the gate itself shows a refusal.</summary>
    private async Task<Decision?> ConfirmAsync(Guid run, WaitView wait, int people)
    {
        if (await DecideAsync((who, token) => Engine.ConfirmAsync(who, run, wait.Step, wait.Gate!.ActionKey, people, token)))
        {
            FocusOn("h1");
            return Decision.Accepted;
        }

        (var problem, Problem) = (Problem, null);
        return problem is null ? null : new Decision(problem);
    }

    /// <summary>The link of a wait; null if it leads to the page of the step that is shown, or if only a colleague may follow it.</summary>
    private Uri? LinkOf(WaitView wait)
    {
        var isHere = Only is not null && wait.Link?.ToString().StartsWith("/onboarding", StringComparison.Ordinal) == true;
        return isHere || (wait.Colleague is not null && !IsOwn(wait)) ? null : wait.Link;
    }

    /// <summary>True for the colleague who has the step, who may have come by the link or by a right of their own.</summary>
    private bool IsOwn(WaitView wait) => State.View is { IsHanded: true } || (wait.Colleague is { } colleague && colleague == Who?.Access.PersonId);

    private static bool IsGate(WaitView wait) => wait is { Refusal: null, Gate.ReadyFlag: true };

    /// <summary>
    /// How many of a step's objects Microsoft already shows, of those that are there or were made; null if there are not several, or all are shown.
    /// </summary>
    private (int There, int Coming)? OnTheWay(WaitView wait)
    {
        if (wait.On != WaitsFor.Microsoft || Run.Kind != RunKind.Apply || Steps.FirstOrDefault(s => s.Step == wait.Step)?.Plan is not { } plan)
            return null;

        var made = Run.Actions.Where(a => a.Step == wait.Step && a.State is ActionState.Done or ActionState.Waiting)
            .Select(a => a.Key).ToHashSet(StringComparer.Ordinal);
        var (there, coming) = (0, 0);
        foreach (var item in plan.Objects.Where(o => !o.IsAside))
        {
            if (item.State == ObjectState.Found)
                there++;
            else if (item.Action is { Impact.CanStopCalls: false } action && made.Contains(action.Key))
                coming++;
        }

        return there + coming > 1 && coming > 0 ? (there, coming) : null;
    }

    /// <summary>Names the colleague who has the step; null if there is none, and for that colleague.</summary>
    private string? HandedWord(WaitView wait) =>
        State.View is { IsHanded: false } && Steps.FirstOrDefault(s => s.Step == wait.Step) is { Handed: { } handed } step
            ? HandedWords.Of(Say, Clock, step, handed)
            : null;

    /// <summary>Names the colleague who has taken the step over and whom it waits for; null if it waits for somebody else.</summary>
    private string? ColleagueWord(WaitView wait) =>
        wait.On == WaitsFor.Customer && !IsOwn(wait) && Steps.FirstOrDefault(s => s.Step == wait.Step)?.Handed?.HolderAt(Clock.Now) is { } name
            ? Say["Waits.OnPerson", name]
            : null;

    /// <summary>Since when it waits and when it is read next. For a colleague nothing is read: that date is the end of their admission.</summary>
    private string SinceWord(WaitView wait) => wait is { NextReading: { } next, EndsUnread: false }
        ? Say["Waits.SinceAndNext", Clock.Text(wait.Since), Clock.In(Say, next, seconds: true)]
        : Say["Waits.Since", Clock.Text(wait.Since)];

    private string LinkWord(Uri link) => Say[link.ToString().TrimStart('/') switch
    {
        var path when path.StartsWith("consent", StringComparison.Ordinal) => "Waits.OpenConsent",
        var path when path.StartsWith("sign-in/more", StringComparison.Ordinal) => "Waits.Allow",
        var path when path.StartsWith("sign-in", StringComparison.Ordinal) => "Waits.SignIn",
        var path when path.StartsWith("onboarding/", StringComparison.Ordinal) => "Waits.Choose",
        var path when path.StartsWith("onboarding", StringComparison.Ordinal) => "Waits.SeePlan",
        _ => "Waits.Open",
    }];
}
