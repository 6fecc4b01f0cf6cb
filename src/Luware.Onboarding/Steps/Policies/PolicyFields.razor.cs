using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The fields of one policy: its behaviour without the recorder, and its name. Invalid input stays in the field, with the reason beneath it.</summary>
public sealed partial class PolicyFields : ComponentBase
{
    /// <summary>The third mode has no fixed rules: they are chosen one by one.</summary>
    private static readonly (RecordingRules? Rules, string Text, string Hint)[] Modes =
    [
        (RecordingRules.FailClose, "Policies.Choices.FailClose", "Policies.Choices.FailCloseHint"),
        (RecordingRules.FailOpen, "Policies.Choices.FailOpen", "Policies.Choices.FailOpenHint"),
        (null, "Policies.Choices.Each", "Policies.Choices.EachHint"),
    ];

    private PolicyChoice? shown;
    private bool each;
    private string name = string.Empty;
    private string description = string.Empty;
    private Sentence? nameFault;
    private Sentence? descriptionFault;

    [Inject] public required IStringLocalizer<StepTexts> Texts { get; init; }

    [Parameter, EditorRequired] public required string Id { get; set; }

    [Parameter, EditorRequired] public required PolicyChoice Value { get; set; }

    [Parameter] public EventCallback<PolicyChoice> ValueChanged { get; set; }

    /// <summary>The other policies, whose names are taken.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<PolicyChoice> Others { get; set; }

    /// <summary>Whether the policy exists in the tenant, according to the latest reading.</summary>
    [Parameter, EditorRequired] public required bool Exists { get; set; }

    [Parameter] public EventCallback Removed { get; set; }

    private RecordingRules? Mode => each ? null : Value.Rules.Pick(RecordingRules.FailClose, RecordingRules.FailOpen, null);

    protected override void OnParametersSet()
    {
        if (Value == shown)
            return;

        // What was typed and is faulty stays until it is corrected, also when the policy changes otherwise.
        if (nameFault is null || name == shown?.Name)
        {
            name = Value.Name;
            nameFault = PolicyNames.Check(name, Others);
        }

        if (descriptionFault is null || description == shown?.Description)
        {
            description = Value.Description;
            descriptionFault = PolicyNames.CheckDescription(description);
        }

        shown = Value;
    }

    private static string? Invalid(Sentence? fault) => fault is null ? null : "true";

    private string Say(Sentence? fault) => fault is null ? string.Empty : Texts[fault.Key, [.. fault.Arguments]];

    private Task ChooseModeAsync(RecordingRules? rules)
    {
        each = rules is null;
        return rules is null ? Task.CompletedTask : ChooseRulesAsync(rules);
    }

    private Task ChooseRulesAsync(RecordingRules rules) =>
        rules == Value.Rules ? Task.CompletedTask : ValueChanged.InvokeAsync(Value.With(rules, Others, Exists));

    private Task ChooseNameAsync(string? typed)
    {
        name = typed?.Trim() ?? string.Empty;
        nameFault = PolicyNames.Check(name, Others);
        return nameFault is null ? ValueChanged.InvokeAsync(Value with { Name = name }) : Task.CompletedTask;
    }

    private Task ChooseDescriptionAsync(string? typed)
    {
        description = typed?.Trim() ?? string.Empty;
        descriptionFault = PolicyNames.CheckDescription(description);
        return descriptionFault is null ? ValueChanged.InvokeAsync(Value with { Description = description }) : Task.CompletedTask;
    }
}
