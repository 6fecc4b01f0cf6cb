using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>Takes back what a step made, after one question; offered where something is there to take back.</summary>
public sealed partial class UndoPanel : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private readonly List<(string Step, WayBack WayBack)> offers = [];
    private string? asking;
    private bool busy;

    [Inject] public required IEngine Engine { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The one step whose work may be taken back here.</summary>
    [Parameter] public string? Only { get; set; }

    [Parameter] public EventCallback<string> Undo { get; set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        foreach (var step in View.Steps.Where(s => (Only is null || s.Step == Only) && s.VerifiedAt is not null))
            if (await Engine.GetUndoScriptAsync(Place.Actor!, step.Step, leaving.Token) is { } script)
                offers.Add((step.Step, new WayBack(script, UndoScripts.Address(step.Step))));
    }

    private async Task UndoAsync(string step)
    {
        busy = true;
        await Undo.InvokeAsync(step);
        busy = false;
        asking = null;
    }
}
