using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>A component in which what has the focus gives way to something else: keyboard and screen reader go on there instead of falling out of the page.</summary>
public abstract class FocusingComponent : ComponentBase
{
    private string? place;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <param name="next">A selector of what the next rendering brings.</param>
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
            // The browser went meanwhile.
        }
    }
}
