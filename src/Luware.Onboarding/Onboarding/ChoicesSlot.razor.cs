using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Luware.Onboarding.Onboarding;

/// <summary>The place of a step's choices in the plan: stores every change at once and has the plan made again.</summary>
public sealed partial class ChoicesSlot : ErrorBoundaryBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private StepChoices? draft;
    private DateTimeOffset readAt;

    [Inject] public required IEngine Engine { get; init; }

    [Inject] public required IPeopleSearch People { get; init; }

    [Inject] public required IErrorBoundaryLogger Faults { get; init; }

    [CascadingParameter] public required Place Place { get; set; }

    [Parameter, EditorRequired] public required StepView Step { get; set; }

    [Parameter] public EventCallback Chosen { get; set; }

    /// <summary>The session had ended: nothing was stored.</summary>
    [Parameter] public EventCallback SignedOut { get; set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override void OnParametersSet()
    {
        // A new reading was made from stored choices: they are the truth again.
        if (Step.Plan!.ReadAt != readAt)
            draft = null;
        readAt = Step.Plan.ReadAt;
    }

    protected override async Task OnErrorAsync(Exception exception) => await Faults.LogErrorAsync(exception);

    private async Task ChooseAsync(StepChoices choices, StoreChoices store)
    {
        draft = choices;
        try
        {
            await store(Engine, Place.Actor!, leaving.Token);
        }
        catch (UnauthorizedAccessException)
        {
            await SignedOut.InvokeAsync();
            return;
        }

        await Chosen.InvokeAsync();
    }

    private async Task<IReadOnlyList<ChoiceOption>?> FindAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            return await People.FindAsync(Place.Actor!, text, cancellationToken);
        }
        catch (UnauthorizedAccessException)
        {
            await SignedOut.InvokeAsync();
            return null;
        }
    }
}
