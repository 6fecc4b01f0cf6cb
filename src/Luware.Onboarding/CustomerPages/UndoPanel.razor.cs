using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Undoes a step after one confirmation; offered if there is something to undo.</summary>
public sealed partial class UndoPanel
{
    /// <summary>The steps whose undo script was requested, and whether they have one.</summary>
    private readonly Dictionary<string, bool> hasScript = new(StringComparer.Ordinal);

    private string? asking;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The only step that may be undone here.</summary>
    [Parameter] public string? Only { get; set; }

    private IEnumerable<string> Offers =>
        View.Steps.Where(IsOffered).Select(s => s.Step).Where(s => hasScript.GetValueOrDefault(s));

    protected override async Task OnParametersSetAsync()
    {
        foreach (var step in View.Steps.Where(IsOffered).Select(s => s.Step).Where(s => hasScript.TryAdd(s, false)).ToList())
            await AskUntilAnsweredAsync(async (who, token) =>
                hasScript[step] = await Engine.GetUndoScriptAsync(who, step, withChosen: false, token) is not null);
    }

    /// <summary>
    /// Offered also after a failed undo, and while an undo waits (it may wait for a role that its person lacks), but not while one is running.
    /// </summary>
    private bool IsOffered(StepView step) =>
        (Only is null || string.Equals(step.Step, Only, StringComparison.OrdinalIgnoreCase))
        && step.CanUndo
        && View.Run is not ({ Kind: RunKind.Undo or RunKind.Offboard, State: RunState.Queued or RunState.Running }
            or { Kind: RunKind.Offboard, State: RunState.Waiting });

    private void Ask(string step, bool really)
    {
        (asking, Problem) = (really ? step : null, null);
        FocusOn($"#undo-{(really ? "question" : "ask")}-{step}");
    }

    /// <summary>Starts the undo and moves to the place where its run is visible.</summary>
    private async Task UndoAsync(string step)
    {
        if (!await DecideAsync((who, token) => Engine.UndoAsync(who, step, token)))
            return;

        Ask(step, false);
        Navigation.NavigateTo("onboarding");
    }
}
