using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Fail close or fail open, and what the policy is called. What was typed wrongly stays in the field, with the reason beneath.</summary>
public sealed partial class PoliciesChoices : StepChoicesBase<PoliciesChoice>
{
    private PoliciesChoice? shown;
    private string name = string.Empty;
    private string description = string.Empty;
    private Sentence? nameFault;
    private Sentence? descriptionFault;

    protected override void OnParametersSet()
    {
        if (Value == shown)
            return;

        shown = Value;
        name = Value.Name;
        description = Value.Description;
        nameFault = PolicyNames.Check(name);
        descriptionFault = PolicyNames.CheckDescription(description);
    }

    private static string? Invalid(Sentence? fault) => fault is null ? null : "true";

    private string Say(Sentence? fault) => fault is null ? string.Empty : Texts[fault.Key, [.. fault.Arguments]];

    private Task ChooseModeAsync(bool failClose) => ChooseAsync(Value.With(failClose));

    private Task ChooseNameAsync(string? typed)
    {
        name = typed?.Trim() ?? string.Empty;
        nameFault = PolicyNames.Check(name);
        return nameFault is null ? ChooseAsync(Value with { Name = name }) : Task.CompletedTask;
    }

    private Task ChooseDescriptionAsync(string? typed)
    {
        description = typed?.Trim() ?? string.Empty;
        descriptionFault = PolicyNames.CheckDescription(description);
        return descriptionFault is null ? ChooseAsync(Value with { Description = description }) : Task.CompletedTask;
    }
}
