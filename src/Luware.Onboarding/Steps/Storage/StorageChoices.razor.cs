using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// The choices of step 6: account and container, who has checked them, and whether a test blob may be written. Invalid input is not passed on, since it may be
/// a secret.
/// </summary>
public sealed partial class StorageChoices : StepChoicesBase<StorageChoice>
{
    /// <summary>Shown before the plan too, because the choice decides which permissions are asked for.</summary>
    public static readonly ByHandWords Words = new(
        new Sentence("Storage.Choices.Who"), new Sentence("Storage.Choices.Portal"), new Sentence("Storage.Choices.PortalHint"),
        new Sentence("Storage.Choices.ByHand"), new Sentence("Storage.Choices.ByHandHint"));

    private StorageChoice? shown;
    private string account = string.Empty;
    private string container = string.Empty;
    private Sentence? accountFault;
    private Sentence? containerFault;

    protected override void OnParametersSet()
    {
        if (Value == shown)
            return;

        // What was typed and is faulty stays until it is corrected, also when something else is chosen. A secret does not: its field is empty already.
        if (accountFault is null || account.Length == 0)
            (account, accountFault) = (Value.ResourceId ?? string.Empty, null);
        if (containerFault is null || container == shown?.Container)
        {
            container = Value.Container;
            containerFault = StorageNames.CheckContainer(container);
        }

        shown = Value;
    }

    private bool IsConfirmed(ChoiceOption subscription) => $"{Value.RegisteredSubscription}" == subscription.Value;

    private Task ConfirmAsync(ChoiceOption subscription) =>
        ChooseAsync(Value with { RegisteredSubscription = IsConfirmed(subscription) ? null : Guid.Parse(subscription.Value) });

    private bool AreStrangers(IEnumerable<ChoiceOption> endpoints) => endpoints.All(e => Value.IsStranger(e.Value));

    /// <summary>True while the question is open, also if the confirmed connection no longer exists.</summary>
    private bool IsOpen(IEnumerable<ChoiceOption> endpoints) => !AreStrangers(endpoints) && !endpoints.Any(e => e.Value == $"{Value.EndpointSubscription}");

    private static string? Invalid(Sentence? fault) => fault is null ? null : "true";

    private string Say(Sentence? fault) => fault is null ? string.Empty : Texts[fault.Key, [.. fault.Arguments]];

    private Task ChooseAccountAsync(string? pasted)
    {
        account = pasted?.Trim() ?? string.Empty;
        if (account.Length == 0)
        {
            accountFault = null;
            return ChooseAsync(Value with { ResourceId = null });
        }

        (var id, accountFault) = StorageNames.Read(account);
        if (StorageNames.HoldsSecret(account))
            account = string.Empty;
        return id is null ? Task.CompletedTask : ChooseAsync(Value with { ResourceId = id.ToString() });
    }

    private Task ChooseContainerAsync(string? typed)
    {
        container = typed?.Trim() ?? string.Empty;
        containerFault = StorageNames.CheckContainer(container);
        return containerFault is null ? ChooseAsync(Value with { Container = container }) : Task.CompletedTask;
    }
}
