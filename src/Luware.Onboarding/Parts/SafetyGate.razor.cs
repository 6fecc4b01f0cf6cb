using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>The last question before a fail-close policy comes into force: how many people, what they would see, and how to undo it.</summary>
public sealed partial class SafetyGate
{
    private const string Message = "We couldn’t connect you";
    private const string MessageDetail = "There was a problem setting up the recording required by your org";

    /// <summary>How a person may write the number: with or without thousands separators.</summary>
    private static readonly string[] NumberFormats = ["D", "N0"];

    private string typed = "";
    private WayBack? wayBack;
    private DateTimeOffset? savedAt;
    private Sentence? problem;
    private bool busy;

    /// <summary><c>Wait.Since</c> of the confirmed question. Keeps the button disabled until the run leaves the gate.</summary>
    private DateTimeOffset? confirmed;
    private bool folded;

    [Inject] public required PersonClock Clock { get; init; }

    /// <summary>A wait whose gate can be confirmed.</summary>
    [Parameter, EditorRequired] public required WaitView Wait { get; set; }

    /// <summary>Whether this gate has the page's only filled button.</summary>
    [Parameter] public bool IsFirst { get; set; } = true;

    /// <summary>True if a test call was reported as failed and no later one of its kind as successful.</summary>
    [Parameter] public bool CallFailed { get; set; }

    /// <summary>Whether the test calls are reported on the same page.</summary>
    [Parameter] public bool HasCalls { get; set; }

    /// <summary>Loads the un-grant script; null if nothing can be undone.</summary>
    [Parameter, EditorRequired] public required Func<Task<WayBack?>> WayBack { get; set; }

    /// <summary>Confirms the number of people; returns null if the session has ended, which the surrounding page reports.</summary>
    [Parameter, EditorRequired] public required Func<int, Task<Decision?>> Confirm { get; set; }

    private GateView Gate => Wait.Gate!;

    private bool IsCounted => Gate.People > 0;

    private bool IsRight => !IsCounted || IsNumber(typed, Gate.People);

    /// <summary>True once the typed text can no longer become the number.</summary>
    private bool IsWrong => typed.Trim() is { Length: > 0 } begun && !IsRight
        && NumberFormats.All(format => !Gate.People.ToString(format, CultureInfo.CurrentCulture).StartsWith(begun, StringComparison.Ordinal));

    private bool IsStopped => CallFailed && Gate.TriedBy is not null;

    private bool CanConfirm => IsRight && !busy && !IsConfirmed && !IsStopped;

    private bool IsConfirmed => confirmed == Wait.Since;

    private string Title => IsCounted ? Say.Count("Gate.Title", Gate.People) : Say["Gate.TitleUncounted"];

    /// <summary>True for the number itself, with or without surrounding spaces and thousands separators.</summary>
    public static bool IsNumber(string typed, int people) =>
        int.TryParse(
            typed, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.CurrentCulture, out var number)
        && number == people;

    protected override async Task OnInitializedAsync() => wayBack = await WayBack();

    /// <summary>Folds the gate, which keeps its place and the keyboard focus.</summary>
    private void Fold(bool away)
    {
        (folded, typed, problem) = (away, "", null);
        FocusOn($"#{(away ? "open" : IsCounted ? "people" : "uncounted")}-{Wait.Step}");
    }

    private Task TypeAsync(ChangeEventArgs change)
    {
        typed = change.Value?.ToString() ?? "";
        return SaveAsync();
    }

    /// <summary>Saves the un-grant script once, when somebody begins to confirm. Opening the page again does not save it a second time.</summary>
    private async Task SaveAsync()
    {
        if (wayBack is null || savedAt is not null)
            return;

        savedAt = Clock.Now;
        await Js.InvokeVoidAsync("luware.save", wayBack.Address);
    }

    private async Task ConfirmAsync()
    {
        if (!CanConfirm)
            return;

        busy = true;
        // The values at the click: another number may be shown before the un-grant script is saved.
        var (people, since, confirm) = (Gate.People, Wait.Since, Confirm);
        try
        {
            await SaveAsync();
            var decision = await confirm(people);
            (problem, confirmed) = (decision?.Problem, decision is { IsAccepted: true } ? since : null);
        }
        finally
        {
            busy = false;
        }
    }
}
