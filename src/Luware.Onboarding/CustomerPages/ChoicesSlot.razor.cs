using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Shows a step's choices within the plan. Every change is shown and stored at once.</summary>
public sealed partial class ChoicesSlot : ErrorBoundaryBase
{
    private StepChoices? draft;
    private DateTimeOffset readAt;
    private StoreChoices? unsaved;
    private Sentence? problem;
    private readonly InTurn storing = new();

    [Inject] public required IErrorBoundaryLogger Faults { get; init; }

    [CascadingParameter] public required CustomerState State { get; set; }

    [Parameter, EditorRequired] public required StepView Step { get; set; }

    [Parameter, EditorRequired] public required Func<StoreChoices, Task<Sentence?>> Store { get; set; }

    [Parameter, EditorRequired] public required FindPeople Find { get; set; }

    protected override void OnParametersSet()
    {
        // A new reading was made from stored choices, so show the stored ones again.
        if (Step.Plan!.ReadAt != readAt && unsaved is null)
            draft = null;
        readAt = Step.Plan.ReadAt;
    }

    protected override async Task OnErrorAsync(Exception exception) => await Faults.LogErrorAsync(exception);

    private Task ChooseAsync(StepChoices choices, StoreChoices store)
    {
        draft = choices;
        return StoreAsync(store);
    }

    private Task StoreAsync(StoreChoices store) => storing.DoAsync(async () =>
    {
        problem = await Store(store);
        unsaved = problem is null ? null : store;
    });
}
