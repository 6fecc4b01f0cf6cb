using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Portal.Components.Layout;

/// <summary>Around the specialists' pages; times are those of the person's own zone.</summary>
public sealed partial class DeskShell : LayoutComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();

    // What is drawn before the browser has named its zone would stand there in UTC.
    private bool hasAsked;

    [Inject] public required PersonClock Clock { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await Clock.ReadZoneAsync(Js, leaving.Token);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went before it could say its zone.
        }

        hasAsked = true;
    }
}
