using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// Finds out which of an account's private endpoint connections is Luware's. Anybody in Azure can request a connection, so none proves its owner: the region
/// names Luware's subscription, or a person confirms it.
/// </summary>
internal sealed class Endpoints(StorageAccount? account, StorageAccountId id, Region region, StorageChoice choice)
{
    public const string Approved = "Approved";
    public const string Pending = "Pending";

    /// <summary>Connections that may be Luware's or somebody else's, so a person must decide.</summary>
    private readonly List<PrivateEndpoint> foreign =
        [.. (account?.PrivateEndpoints ?? []).Where(e => e.Subscription is { } other && other != id.SubscriptionId && e.State is Approved or Pending)];

    private Guid? Luware => region.EndpointSubscription ?? choice.EndpointSubscription;

    /// <summary>True if the region's settings identify Luware's subscription, so no confirmation is needed.</summary>
    public bool IsNamed => region.EndpointSubscription is not null;

    /// <summary>Luware's most advanced connection; null if there is none or none is known to be Luware's.</summary>
    public PrivateEndpoint? Known => Luware is { } luware ? Furthest((account?.PrivateEndpoints ?? []).Where(e => e.Subscription == luware)) : null;

    /// <summary>
    /// The most advanced connection that may be Luware's; null if the region names the subscription, or a person has confirmed an existing connection.
    /// </summary>
    public PrivateEndpoint? Unknown => IsNamed || Known is not null ? null : Furthest(foreign.Where(e => !choice.IsStranger($"{e.Subscription}")));

    /// <summary>True if connections exist and a person has said of each that it is not Luware's.</summary>
    public bool AreStrangers => !IsNamed && Known is null && foreign.Count > 0 && Unknown is null;

    /// <summary>The subscriptions to choose from; empty if the region names Luware's.</summary>
    public IReadOnlyList<ChoiceOption> Options => IsNamed
        ? []
        : [.. foreign.DistinctBy(e => e.Subscription).Select(e => new ChoiceOption($"{e.Subscription}", $"{e.Name} ({e.Subscription})"))];

    private static PrivateEndpoint? Furthest(IEnumerable<PrivateEndpoint> endpoints) =>
        endpoints.OrderByDescending(e => e.State == Approved).ThenByDescending(e => e.State == Pending)
            .ThenBy(e => e.Name, StringComparer.Ordinal).FirstOrDefault();
}
