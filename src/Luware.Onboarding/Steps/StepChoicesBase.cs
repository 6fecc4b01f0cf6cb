using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Luware.Onboarding.Steps;

/// <summary>
/// The choices of one step, shown in place. Knows what was chosen and what the latest reading offers, and passes on every valid change. It neither reads nor
/// stores anything itself.
/// </summary>
public abstract class StepChoicesBase<TChoice> : FocusingComponent
    where TChoice : class
{
    [Inject] public required IStringLocalizer<StepTexts> Texts { get; init; }

    [Parameter, EditorRequired] public required TChoice Value { get; set; }

    [Parameter] public EventCallback<TChoice> ValueChanged { get; set; }

    /// <summary>The latest reading of the step.</summary>
    [Parameter, EditorRequired] public required StepPlan Plan { get; set; }

    /// <summary>The search for people, for choices that name people.</summary>
    [Parameter] public FindPeople? Find { get; set; }

    protected IReadOnlyList<ChoiceOption> Options(string choice) => Plan.Options.TryGetValue(choice, out var options) ? options : [];

    protected Task ChooseAsync(TChoice value) => value.Equals(Value) ? Task.CompletedTask : ValueChanged.InvokeAsync(value);
}
