using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>Takes back what a step made, after one question; offered where something is there to take back.</summary>
public sealed partial class UndoPanel : FocusingComponent, IDisposable
{
    private readonly CancellationTokenSource leaving = new();

    /// <summary>Steps that were asked for a script, and whether they have one.</summary>
    private readonly Dictionary<string, bool> hasScript = new(StringComparer.Ordinal);

    private string? asking;
    private bool busy;

    [Inject] public required IEngine Engine { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The one step whose work may be taken back here.</summary>
    [Parameter] public string? Only { get; set; }

    [Parameter] public EventCallback<string> Undo { get; set; }

    /// <summary>The session had ended when the panel looked for what can be taken back.</summary>
    [Parameter] public EventCallback SignedOut { get; set; }

    private IEnumerable<string> Offers =>
        View.Steps.Where(IsOffered).Select(s => s.Step).Where(s => hasScript.GetValueOrDefault(s));

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var token = leaving.Token;
        try
        {
            foreach (var step in View.Steps.Where(IsOffered).Select(s => s.Step).Where(s => hasScript.TryAdd(s, false)))
                hasScript[step] = await Engine.GetUndoScriptAsync(Place.Actor!, step, withChosen: false, token) is not null;
        }
        catch (UnauthorizedAccessException)
        {
            await SignedOut.InvokeAsync();
        }
    }

    /// <summary>Also after a failed attempt to take it back, and while one waits, for it may wait for a role that its person lacks; not while one is at work.</summary>
    private bool IsOffered(StepView step) =>
        (Only is null || string.Equals(step.Step, Only, StringComparison.OrdinalIgnoreCase))
        && step.CanUndo
        && View.Run is not ({ Kind: RunKind.Undo or RunKind.Offboard, State: RunState.Queued or RunState.Running } or { Kind: RunKind.Offboard, State: RunState.Waiting });

    private void Ask(string step, bool really)
    {
        asking = really ? step : null;
        FocusOn($"#undo-{(really ? "question" : "ask")}-{step}");
    }

    private async Task UndoAsync(string step)
    {
        busy = true;
        await Undo.InvokeAsync(step);
        busy = false;
        Ask(step, false);
    }
}
