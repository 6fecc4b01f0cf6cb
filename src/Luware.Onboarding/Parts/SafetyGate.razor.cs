using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace Luware.Onboarding.Parts;

/// <summary>The last question before a fail-close policy comes into force: how many people, what they would read, and the way back.</summary>
public sealed partial class SafetyGate
{
    private const string Message = "We couldn’t connect you";
    private const string MessageDetail = "There was a problem setting up the recording required by your org";

    private string typed = "";
    private WayBack? wayBack;
    private DateTimeOffset savedAt;
    private Sentence? problem;
    private bool busy;

    [Inject] public required DialogService Dialogs { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required PersonClock Clock { get; init; }

    [Parameter, EditorRequired] public required GateView Gate { get; set; }

    /// <summary>The un-grant script; null where nothing can be taken back.</summary>
    [Parameter, EditorRequired] public required Func<Task<WayBack?>> WayBack { get; set; }

    /// <summary>Answers null where the session has ended and the page behind says so.</summary>
    [Parameter, EditorRequired] public required Func<int, Task<Decision?>> Confirm { get; set; }

    private bool IsCounted => Gate.People > 0;

    private bool IsRight => !IsCounted || IsNumber(typed, Gate.People);

    /// <summary>True for the number itself, with or without spaces around it and separators of thousands.</summary>
    public static bool IsNumber(string typed, int people) =>
        int.TryParse(typed, NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.CurrentCulture, out var number)
        && number == people;

    protected override async Task OnInitializedAsync() => wayBack = await WayBack();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (wayBack is null || savedAt != default)
            return;

        savedAt = Clock.Now;
        await Js.InvokeVoidAsync("luware.save", wayBack.Address);
        StateHasChanged();
    }

    private void Type(ChangeEventArgs change) => typed = change.Value?.ToString() ?? "";

    private async Task ConfirmAsync()
    {
        if (!IsRight || busy)
            return;

        busy = true;
        var decision = await Confirm(Gate.People);
        busy = false;
        problem = decision?.Problem;
        if (decision is { IsAccepted: true })
            Dialogs.Close(true);
    }
}
