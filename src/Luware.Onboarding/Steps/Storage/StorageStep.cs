using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// Step 6 of the article: the customer's own storage account, ready for recordings. The portal creates the container and registers the network provider.
/// Everything else is up to the account's owners: the portal says exactly what to do and reads the result.
/// </summary>
public sealed class StorageStep(IAzureStorage storage, IOptions<StorageOptions> options) : IStep
{
    public const string StepName = "storage";

    /// <summary>Texts that create an account as required.</summary>
    public const string RecipeOption = "recipe";

    /// <summary>Subscriptions whose private endpoint may be Luware's.</summary>
    public const string EndpointOption = "endpoint";

    /// <summary>The subscription for which a person must say whether its network provider is registered.</summary>
    public const string NetworkOption = "network";

    /// <summary>The name shown while no account is named.</summary>
    public const string Unnamed = "Azure Storage";

    /// <summary>The title of the refusal when the person has no role in Azure, which is usual for a Global Administrator.</summary>
    public const string NotAllowed = "Storage.AzureNotAllowed.Title";

    private static readonly TimeSpan PollForPerson = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollForLuware = TimeSpan.FromMinutes(10);

    public string Name => StepName;

    public string? RestsOn(Region region) => RegionTexts.Of(region.StorageLocations, [$"{region.EndpointSubscription}"]);

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(context);
        if (choice.ByHand)
            return PlanByHand(context, choice);

        var (id, fault) = StorageNames.Read(choice.ResourceId);
        var question = fault ?? StorageNames.CheckContainer(choice.Container);
        if (id is null || question is not null)
            return Ask(context, choice, id, question!);

        var reading = await StorageReading.ReadAsync(
            storage, context.Access, id, choice.Container, options.Value.Requires(StorageRequirement.NetworkProvider), cancellationToken);
        var planner = new StoragePlanner(context, choice, id, reading, options.Value);
        var plan = Plan(
            context, choice, planner.IsUnfit ? StorageRecipe.Instead(id, context.Tenant.EntraTenantId) : id,
            new Sentence("Storage.Choice", id.Account, choice.Container), choice.Probe ? new Sentence("Storage.Why") : new Sentence("Storage.Why.NoProbe"),
            [.. planner.Objects()], [.. planner.Questions()]);
        plan = plan with
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(plan.Options, StringComparer.Ordinal)
            {
                // Whoever has a suitable account needs no text that makes one.
                [RecipeOption] = reading.Account is null || planner.IsUnfit ? plan.Options[RecipeOption] : [],
                [EndpointOption] = planner.AsksWhose ? planner.Endpoints.Options : [],
                [NetworkOption] = planner.AsksForNetwork ? [new ChoiceOption($"{id.SubscriptionId}", $"{id.SubscriptionId}")] : [],
            },
        };
        return planner.IsUnfit ? plan with { ForLuware = [] } : plan;
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(context);
        // The person vouched for the storage with the choice; the approval of this action makes that count.
        if (choice.ByHand)
            return new StepOutcome.Done();

        var id = StorageNames.Read(choice.ResourceId).Id ?? throw new InvalidOperationException($"{action.Key} was to be applied without an account.");
        switch (action.Key)
        {
            case StoragePlanner.RegisterNetwork when !action.OnlyWaits:
                await storage.ChangeAsync(context.Access, AzureRequest.RegisterProvider(id, StorageReading.NetworkProvider), cancellationToken);
                return new StepOutcome.Done();
            case StoragePlanner.CreateContainer:
                await storage.ChangeAsync(
                    context.Access, AzureRequest.CreateContainer(id, choice.Container, options.Value.Requires(StorageRequirement.Immutability)),
                    cancellationToken);
                return new StepOutcome.Done();
            case var key when key == StoragePlanner.ProbeOf(id, choice):
                await storage.ProbeAsync(context.Access, id, choice.Container, cancellationToken);
                return new StepOutcome.Done();
            default:
                return await AwaitAsync(context, action, id, cancellationToken);
        }
    }

    /// <summary>Leaves the step to the account's owners and the article: it needs no Teams PowerShell.</summary>
    public IReadOnlyList<ScriptPart> Script(StepContext context) =>
        [new ScriptPart.Person("storage", new Sentence("Storage.Script"), new Uri(options.Value.Article!))];

    /// <summary>The undo plan: recordings stay.</summary>
    public Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult(
        StorageNames.Read(ChoiceOf(context).ResourceId).Id is { } id
            ? Staying.Plan(StepName,
            [
                Staying.Object(
                    "account", id.Account, new Sentence("Storage.Kind.Account"), new Sentence("Storage.Undo.Stays"), $"{id}", AzurePage(context, $"{id}")),
            ])
            : null);

    public Refusal? Explain(RemoteAnswer answer) => StorageRefusals.Explain(answer);

    private static StorageChoice ChoiceOf(StepContext context) => context.Choices.Get<StorageChoice>(StepName);

    /// <summary>Waits for what only people or Azure can bring about; done when a new reading no longer waits for it.</summary>
    private async Task<StepOutcome> AwaitAsync(StepContext context, PlannedAction action, StorageAccountId id, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(context, cancellationToken);
        if (plan.Objects.FirstOrDefault(o => o.Action is { OnlyWaits: true } left && left.Key == action.Key) is not { } open)
            return new StepOutcome.Done();

        return action.Key switch
        {
            StoragePlanner.RegisterNetwork => new StepOutcome.Waiting(
                WaitsFor.Microsoft, new Sentence("Storage.WaitForNetwork", StorageReading.NetworkProvider, $"{id.SubscriptionId}"), PollAfter: PollForPerson),
            StoragePlanner.MakeAccount => new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Storage.WaitForAccount", id.Account), AzurePage(context, id.Subscription), PollForPerson),
            StoragePlanner.ConnectEndpoint when plan.Questions.FirstOrDefault(q => q.Key == StoragePlanner.WhoseQuestion) is { } whose =>
                new StepOutcome.Waiting(WaitsFor.Customer, whose, StepOutcome.Waiting.ChoicesOf(StepName), PollForPerson),
            StoragePlanner.ConnectEndpoint when open.State == ObjectState.Different => new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Storage.WaitForApproval", id.Account), AzurePage(context, $"{id}/networking"), PollForPerson),
            StoragePlanner.ConnectEndpoint => new StepOutcome.Waiting(
                WaitsFor.Luware, new Sentence("Storage.WaitForEndpoint", id.Account), PollAfter: PollForLuware),
            _ => new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Storage.WaitForSetting", open.Name, id.Account), AzurePage(context, $"{id}/overview"), PollForPerson),
        };
    }

    private static Uri AzurePage(StepContext context, string resource) => new($"https://portal.azure.com/#@{context.Tenant.EntraTenantId}/resource{resource}");

    /// <summary>The plan while nothing can be read yet. It already says how to create a correct account.</summary>
    private StepPlan Ask(StepContext context, StorageChoice choice, StorageAccountId? id, Sentence question)
    {
        var account = new PlannedObject(
            "account", id?.Account ?? Unnamed, new Sentence("Storage.Kind.Account"), ObjectState.Later, new Sentence("Storage.Account.NotNamed"),
            Recipe(context, choice, id).Cli) { IsToChoose = true };
        return Plan(context, choice, id, new Sentence("Storage.Choice.None"), new Sentence("Storage.Why"), [account], [question]);
    }

    private StepPlan PlanByHand(StepContext context, StorageChoice choice)
    {
        var id = StorageNames.Read(choice.ResourceId).Id;
        // A run that was approved before choices recorded who made them.
        if (context.Choices.Chosen.GetValueOrDefault(StepName) is not { } by)
            return Ask(context, choice, id, new Sentence("Storage.Question.WhoAnswers"));
        if (id is not null && StorageNames.CheckContainer(choice.Container) is { } fault)
            return Ask(context, choice, id, fault);

        var word = new StorageWord(by, id, choice.Container, options.Value.Article!);
        return Plan(context, choice, null, word.Heading, new Sentence("Storage.Why.ByHand"), [word.Object(context.Past)], []) with { Word = by };
    }

    private StepPlan Plan(
        StepContext context, StorageChoice choice, StorageAccountId? id, Sentence heading, Sentence why, IReadOnlyList<PlannedObject> objects,
        IReadOnlyList<Sentence> questions)
    {
        var recipe = Recipe(context, choice, id);
        return new StepPlan(StepName, heading, why, objects, new Dictionary<string, string>(StringComparer.Ordinal), questions)
        {
            ForLuware = StorageNames.Read(choice.ResourceId).Id is { } account
                ? [new NamedValue($"{account.Account}, {choice.Container}", account.ToString())]
                : [],
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [RecipeOption] = [new ChoiceOption(recipe.Cli, "Azure CLI"), new ChoiceOption(recipe.Bicep, "Bicep")],
            },
        };
    }

    private StorageRecipe Recipe(StepContext context, StorageChoice choice, StorageAccountId? id) =>
        new(options.Value, context.Region, context.Tenant.EntraTenantId, id, choice.Container);
}
