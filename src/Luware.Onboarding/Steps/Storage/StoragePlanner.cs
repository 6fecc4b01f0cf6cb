using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>Compares what was read of an account with what is wanted, object by object.</summary>
internal sealed class StoragePlanner(StepContext context, StorageChoice choice, StorageAccountId id, StorageReading reading, StorageOptions options)
{
    public const string MakeAccount = "make-account";
    public const string RegisterNetwork = "register-network";
    public const string CreateContainer = "create-container";
    public const string ConnectEndpoint = "connect-endpoint";
    public const string Mend = "mend/";

    /// <summary>The key of the question whose a private endpoint connection is.</summary>
    public const string WhoseQuestion = "Storage.Question.Whose";

    private readonly StorageRecipe recipe = new(options, context.Region, context.Tenant.EntraTenantId, id, choice.Container);

    /// <summary>When the test blob was last written to this container. No reading can find it again, so the journal counts.</summary>
    private readonly DateTimeOffset? probed = context.Past.GetValueOrDefault(ProbeOf(id, choice))?.DoneAt;

    private StorageChecks Checks => new(options, context.Region, id, choice.Container, new StorageRecipe(
        options, context.Region, context.Tenant.EntraTenantId, StorageRecipe.Instead(id, context.Tenant.EntraTenantId), choice.Container));

    private IReadOnlyList<StorageCheck> Unfit => [.. Checks.AgainstForLife(reading.Account)];

    /// <summary>True if the account can never hold the recordings: nothing is created in it, and another account is asked for.</summary>
    public bool IsUnfit => Unfit.Count > 0;

    /// <summary>Whether to ask whose a connection is; never for an account that will not be used.</summary>
    public bool AsksWhose => options.Requires(StorageRequirement.PrivateEndpoint) && !IsUnfit;

    /// <summary>Only a person can say whether the network provider is registered.</summary>
    public bool AsksForNetwork => reading.NetworkRefusal is not null && !IsUnfit;

    public Endpoints Endpoints { get; } = new(reading.Account, id, context.Region, choice);

    /// <summary>The key of the test. Account names are unique in all of Azure.</summary>
    public static string ProbeOf(StorageAccountId id, StorageChoice choice) => $"probe/{id.Account}/{choice.Container}";

    /// <summary>True if the account's network rules would block the test.</summary>
    private bool IsProbeHopeless => choice.Probe && probed is null && reading.Account is { IsOpenToNetworks: false };

    private bool IsNetworkConfirmed => choice.RegisteredSubscription == id.SubscriptionId;

    public IEnumerable<Sentence> Questions()
    {
        if (IsUnfit)
            yield return new Sentence("Storage.Question.Unfit", id.Account);
        else if (IsProbeHopeless)
            yield return new Sentence("Storage.Question.Closed", id.Account);
        if (AsksForNetwork && !IsNetworkConfirmed)
            yield return new Sentence("Storage.Question.Network", $"{id.SubscriptionId}");
        if (AsksWhose && Endpoints.Unknown is { } endpoint)
            yield return new Sentence(WhoseQuestion, endpoint.Name, $"{endpoint.Subscription}");
    }

    public IEnumerable<PlannedObject> Objects() => IsUnfit ? [Account(), .. Unfit.Select(Setting)] : Wanted();

    /// <summary>The objects in the order in which they can be done: settings that only people can change come before what is created in the account.</summary>
    private IEnumerable<PlannedObject> Wanted()
    {
        yield return Account();
        foreach (var check in Checks.OfAccount(reading.Account))
            yield return Setting(check);
        if (options.Requires(StorageRequirement.NetworkProvider))
            yield return Network();
        yield return Container();
        foreach (var check in Checks.OfContainer(reading.Account, reading.Container))
            yield return Setting(check);
        if (choice.Probe)
            yield return Blob();
        if (options.Requires(StorageRequirement.PrivateEndpoint))
            yield return Endpoint();
    }

    private PlannedObject Account() => reading.Account is { } account
        ? Object("account", id.Account, "Storage.Kind.Account", ObjectState.Found, new Sentence("Storage.Account.Found", account.Location),
            Get($"kind {account.Kind}, location {account.Location}"))
        : Object("account", id.Account, "Storage.Kind.Account", ObjectState.Missing, new Sentence("Storage.Account.Missing", id.ResourceGroup), recipe.Cli,
            Await(MakeAccount, new Sentence("Storage.Account.Make", id.Account), $"make {id}"));

    private PlannedObject Setting(StorageCheck check)
    {
        var (state, what) = check.IsMet switch
        {
            null => (ObjectState.Later, new Sentence("Storage.Later")),
            true => (ObjectState.Found, new Sentence(check.Text + ".Found", check.Found)),
            false when check.IsForLife => (ObjectState.Different, new Sentence(check.Text + ".Unfit", check.Found)),
            false => (ObjectState.Different, new Sentence(check.Text + ".Different", check.Difference)),
        };
        var found = Get($"{check.Name} {check.Found}", check.IsOfBlobs ? $"{id}/blobServices/default" : null);
        return Object(
            $"setting/{check.Key}", check.Name, "Storage.Kind.Setting", state, what, check.IsMet == true ? found : check.Repair,
            check.IsMet == true || check.IsForLife ? null : Await(Mend + check.Key, new Sentence(check.Text + ".Mend", id.Account), $"mend {check.Name}")) with
        {
            Notes = [new Sentence("Storage.Source", options.LinkOf(check.Requirement))],
        };
    }

    private PlannedObject Network()
    {
        if (reading.NetworkRefusal is { } refusal)
            return UnreadNetwork(refusal);

        var request = AzureRequest.RegisterProvider(id, StorageReading.NetworkProvider);
        var register = Act(RegisterNetwork, new Sentence("Storage.Network.Register", id.SubscriptionId.ToString()), request.ToCli());
        return reading.NetworkState switch
        {
            "Registered" => Object("network", StorageReading.NetworkProvider, "Storage.Kind.Provider", ObjectState.Found, new Sentence("Storage.Network.Found"),
                GetProvider("registrationState Registered")),
            // Somebody has begun it: sending it again could be refused for the lack of a role that nothing needs any more.
            "Registering" => Object("network", StorageReading.NetworkProvider, "Storage.Kind.Provider", ObjectState.Missing,
                new Sentence("Storage.Network.Registering"),
                GetProvider("registrationState Registering"), register with { OnlyWaits = true }),
            _ => Object("network", StorageReading.NetworkProvider, "Storage.Kind.Provider", ObjectState.Missing, new Sentence("Storage.Network.Missing"),
                request.ToCli(), register with { Right = new Sentence("Storage.Right.Contributor") }) with
            {
                Notes = [new Sentence("Storage.Network.Right"), new Sentence("Storage.Source", options.LinkOf(StorageRequirement.NetworkProvider))],
            },
        };
    }

    private PlannedObject UnreadNetwork(RemoteAnswer refusal) => Object(
        "network", StorageReading.NetworkProvider, "Storage.Kind.Provider", IsNetworkConfirmed ? ObjectState.Found : ObjectState.Unknown,
        new Sentence(IsNetworkConfirmed ? "Storage.Network.Confirmed" : "Storage.Network.Unread"),
        GetProvider(refusal.WordForWord)) with
    {
        Notes = IsNetworkConfirmed
            ? []
            : [new Sentence("Storage.Network.Remedy"), new Sentence("Storage.Source", options.LinkOf(StorageRequirement.NetworkProvider))],
    };

    private PlannedObject Container()
    {
        var request = AzureRequest.CreateContainer(id, choice.Container, options.Requires(StorageRequirement.Immutability));
        var create = Act(CreateContainer, new Sentence("Storage.Container.Create", choice.Container, id.Account), request.ToCli());
        return reading.Container is not null
            ? Object("container", choice.Container, "Storage.Kind.Container", ObjectState.Found, new Sentence("Storage.Container.Found"),
                Get(choice.Container, AzureRequest.Container(id, choice.Container)))
            : Object("container", choice.Container, "Storage.Kind.Container", reading.Account is null ? ObjectState.Later : ObjectState.Missing,
                reading.Account is null ? new Sentence("Storage.Later") : new Sentence("Storage.Container.Missing"), request.ToCli(),
                create with { Right = new Sentence("Storage.Right.Container") }) with
            {
                Notes = [new Sentence("Storage.Container.Right")],
            };
    }

    private PlannedObject Blob()
    {
        var name = $"{id.Account}/{choice.Container}";
        var attempt = Act(ProbeOf(id, choice), new Sentence("Storage.Probe.Try", choice.Container), $"probe {id} {choice.Container}");
        return probed is { } at
            ? Object("probe", name, "Storage.Kind.Probe", ObjectState.Found, new Sentence("Storage.Probe.Found", at.Utc()),
                $"PUT, GET, DELETE {name}\n→ {at.Utc()}")
            : Object("probe", name, "Storage.Kind.Probe", reading.Container is null ? ObjectState.Later : ObjectState.Missing,
                new Sentence("Storage.Probe.Missing"), $"PUT, GET, DELETE {name}", attempt with { Right = new Sentence("Storage.Right.Blobs") }) with
            {
                Notes = [new Sentence("Storage.Probe.Right"), new Sentence("Storage.Probe.Retention")],
            };
    }

    /// <summary>
    /// The private endpoint. Luware creates it from the resource id and the customer approves it; one approval of the plan covers both waits.
    /// </summary>
    private PlannedObject Endpoint()
    {
        var endpoint = Endpoints.Known ?? Endpoints.Unknown;
        var (state, what) = endpoint?.State switch
        {
            _ when reading.Account is null => (ObjectState.Later, new Sentence("Storage.Later")),
            Endpoints.Approved when Endpoints.Unknown is not null =>
                (ObjectState.Unknown, new Sentence("Storage.Endpoint.Whose", endpoint.Name, $"{endpoint.Subscription}")),
            Endpoints.Pending when Endpoints.Unknown is not null =>
                (ObjectState.Different, new Sentence("Storage.Endpoint.PendingWhose", endpoint.Name, $"{endpoint.Subscription}")),
            Endpoints.Approved when Endpoints.IsNamed => (ObjectState.Found, new Sentence("Storage.Endpoint.Found", endpoint.Name)),
            Endpoints.Approved => (ObjectState.Found, new Sentence("Storage.Endpoint.Confirmed", endpoint.Name, $"{endpoint.Subscription}")),
            Endpoints.Pending => (ObjectState.Different, new Sentence("Storage.Endpoint.Pending", endpoint.Name)),
            null => (ObjectState.Missing, new Sentence(Endpoints.AreStrangers ? "Storage.Endpoint.Strangers" : "Storage.Endpoint.Missing")),
            var other => (ObjectState.Missing, new Sentence("Storage.Endpoint.Broken", endpoint.Name, other)),
        };
        var connections = reading.Account?.PrivateEndpoints.Select(e => $"{e.Name} {e.State} {e.Subscription}".TrimEnd()) ?? [];
        return Object(
            "endpoint", endpoint?.Name ?? "privateEndpointConnections", "Storage.Kind.Endpoint", state, what,
            Get(string.Join("\n→ ", connections.DefaultIfEmpty("–"))),
            state == ObjectState.Found ? null : Await(ConnectEndpoint, new Sentence("Storage.Endpoint.Connect", id.Account), $"connect {id}")) with
        {
            Notes = [new Sentence("Storage.Source", options.LinkOf(StorageRequirement.PrivateEndpoint))],
        };
    }

    private string Get(string found, string? path = null, string version = AzureRequest.StorageVersion) =>
        $"az rest --method get --url \"{path ?? id.ToString()}?api-version={version}\"\n→ {found}";

    /// <summary>The reading of the provider, whose interface has a version of its own.</summary>
    private string GetProvider(string found) => Get(found, $"{id.Subscription}/providers/{StorageReading.NetworkProvider}", AzureRequest.ProviderVersion);

    private static PlannedObject Object(string key, string name, string kind, ObjectState state, Sentence what, string detail, PlannedAction? action = null) =>
        new(key, name, new Sentence(kind), state, what, detail, action);

    private static PlannedAction Act(string key, Sentence title, string essence) => new(key, title, essence, [], Impact.Nobody);

    private static PlannedAction Await(string key, Sentence title, string essence) => Act(key, title, essence) with { OnlyWaits = true };
}
