using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>
/// The base of components that replace their focused element. It moves the focus to the replacement, so that keyboard and screen reader users do not lose their
/// position.
/// </summary>
public abstract class FocusingComponent : ComponentBase
{
    private string? place;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <param name="next">A selector for an element of the next rendering.</param>
    protected void FocusOn(string next) => place = next;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (place is not { } now)
            return;

        place = null;
        try
        {
            await Js.InvokeVoidAsync("luware.focus", now);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser disconnected.
        }
    }
}
