using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>The last question before a fail-close policy comes into force: how many people, what they would read, and the way back.</summary>
public sealed partial class SafetyGate
{
    private const string Message = "We couldn’t connect you";
    private const string MessageDetail = "There was a problem setting up the recording required by your org";

    private string typed = "";
    private WayBack? wayBack;
    private DateTimeOffset? savedAt;
    private Sentence? problem;
    private bool busy;

    /// <summary>Since when the question was asked that is confirmed; the run gives the gate up a moment later.</summary>
    private DateTimeOffset? confirmed;
    private bool folded;

    [Inject] public required PersonClock Clock { get; init; }

    /// <summary>A wait of which the gate is open to be confirmed.</summary>
    [Parameter, EditorRequired] public required WaitView Wait { get; set; }

    /// <summary>Nothing else on the page has the filled button.</summary>
    [Parameter] public bool IsFirst { get; set; } = true;

    /// <summary>A test call was told not to have worked, and none of its kind has since.</summary>
    [Parameter] public bool CallFailed { get; set; }

    /// <summary>The un-grant script; null where nothing can be taken back.</summary>
    [Parameter, EditorRequired] public required Func<Task<WayBack?>> WayBack { get; set; }

    /// <summary>Answers null where the session has ended and the page around says so.</summary>
    [Parameter, EditorRequired] public required Func<int, Task<Decision?>> Confirm { get; set; }

    private GateView Gate => Wait.Gate!;

    private bool IsCounted => Gate.People > 0;

    private bool IsRight => !IsCounted || IsNumber(typed, Gate.People);

    private bool IsStopped => CallFailed && Gate.TriedBy is not null;

    private bool CanConfirm => IsRight && !busy && !IsConfirmed && !IsStopped;

    private bool IsConfirmed => confirmed == Wait.Since;

    private string Title => IsCounted ? Say.Count("Gate.Title", Gate.People) : Say["Gate.TitleUncounted"];

    /// <summary>True for the number itself, with or without spaces around it and separators of thousands.</summary>
    public static bool IsNumber(string typed, int people) =>
        int.TryParse(typed, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.CurrentCulture, out var number)
        && number == people;

    protected override async Task OnInitializedAsync() => wayBack = await WayBack();

    /// <summary>Folded away it stays where it is; the keyboard stays at it too.</summary>
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

    /// <summary>Once, when somebody begins to confirm: a page that is only opened again saves nothing a second time.</summary>
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
        // What stood there at the click: another number may be shown before the way back is saved.
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
