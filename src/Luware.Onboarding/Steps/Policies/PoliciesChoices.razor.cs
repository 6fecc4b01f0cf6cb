using System.Globalization;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>The policies as a list; at least one remains.</summary>
public sealed partial class PoliciesChoices : StepChoicesBase<PoliciesChoice>
{
    private readonly RowKeys keys = new();

    private static string IdOf(int index) => index == 0 ? "policies" : string.Create(CultureInfo.InvariantCulture, $"policies-{index + 1}");

    private bool Exists(PolicyChoice policy) => Options(PoliciesStep.ExistingOption).Any(o => TeamsAnswers.IsSameName(o.Value, policy.Name));

    private Task AddAsync() => ChooseAsync(Value.Add());

    private Task RemoveAsync(int index)
    {
        keys.Remove(index);
        FocusOn("#policies-add");
        return ChooseAsync(Value.Remove(index));
    }
}
