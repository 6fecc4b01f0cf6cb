using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The policies, one below the other; at least one stays.</summary>
public sealed partial class PoliciesChoices : StepChoicesBase<PoliciesChoice>
{
    /// <summary>Tell the policies apart whatever they are called, so that what is open in one does not pass to another.</summary>
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
        // The button that was pressed is gone, and the keyboard would start at the top of the page.
        await add.FocusAsync();
    }
}
