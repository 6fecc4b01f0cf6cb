using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The policies as a list; at least one remains.</summary>
public sealed partial class PoliciesChoices : StepChoicesBase<PoliciesChoice>
{
    /// <summary>Identify the policies independently of their names, so that the open state of one does not pass to another.</summary>
    private readonly List<object> keys = [];

    private ElementReference add;

    protected override void OnParametersSet()
    {
        while (keys.Count < Value.Policies.Count)
            keys.Add(new object());
    }

    private static string IdOf(int index) => index == 0 ? "policies" : string.Create(CultureInfo.InvariantCulture, $"policies-{index + 1}");

    private bool Exists(PolicyChoice policy) => Options(PoliciesStep.ExistingOption).Any(o => TeamsAnswers.IsSameName(o.Value, policy.Name));

    private Task AddAsync() => ChooseAsync(Value.Add());

    private async Task RemoveAsync(int index)
    {
        keys.RemoveAt(index);
        await ChooseAsync(Value.Remove(index));
        // The pressed button is gone; without this, keyboard focus would jump to the top of the page.
        await add.FocusAsync();
    }
}
