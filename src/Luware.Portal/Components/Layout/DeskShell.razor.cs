using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Portal.Components.Layout;

/// <summary>The layout of the specialists' pages; times are in the person's own time zone.</summary>
public sealed partial class DeskShell : LayoutComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    // Wait for the browser's time zone before rendering, or times would be shown in UTC.
    private bool _hasAsked;

    [Inject] public required PersonClock Clock { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            await Clock.ReadZoneAsync(Js, _leaving.Token);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser disconnected before it reported its time zone.
        }

        _hasAsked = true;
    }
}
