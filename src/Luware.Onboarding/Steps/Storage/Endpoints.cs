using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// Which of an account's private endpoint connections is Luware's. Anybody in Azure can ask for one, so that no connection says so by itself:
/// the region names Luware's subscription, or a person confirms it.
/// </summary>
internal sealed class Endpoints(StorageAccount? account, StorageAccountId id, Region region, StorageChoice choice)
{
    public const string Approved = "Approved";
    public const string Pending = "Pending";

    /// <summary>Connections that may be Luware's or anybody else's: somebody has to say.</summary>
    private readonly List<PrivateEndpoint> foreign =
        [.. (account?.PrivateEndpoints ?? []).Where(e => e.Subscription is { } other && other != id.SubscriptionId && e.State is Approved or Pending)];

    private Guid? Luware => region.EndpointSubscription ?? choice.EndpointSubscription;

    /// <summary>Luware's by the settings of its region, not by somebody's word.</summary>
    public bool IsNamed => region.EndpointSubscription is not null;

    /// <summary>Of Luware's the one that is furthest; null where there is none, or none is known to be.</summary>
    public PrivateEndpoint? Known => Luware is { } luware ? Furthest((account?.PrivateEndpoints ?? []).Where(e => e.Subscription == luware)) : null;

    /// <summary>The one that is furthest of those which may be Luware's; null where the region says which is, or a person has said so of one that is there.</summary>
    public PrivateEndpoint? Unknown => IsNamed || Known is not null ? null : Furthest(foreign.Where(e => !choice.IsStranger($"{e.Subscription}")));

    /// <summary>There are some, and a person has said of each that it is not Luware's.</summary>
    public bool AreStrangers => !IsNamed && Known is null && foreign.Count > 0 && Unknown is null;

    /// <summary>Whose word is asked for; nobody's where the region names the subscription.</summary>
    public IReadOnlyList<ChoiceOption> Options => IsNamed
        ? []
        : [.. foreign.DistinctBy(e => e.Subscription).Select(e => new ChoiceOption($"{e.Subscription}", $"{e.Name} ({e.Subscription})"))];

    private static PrivateEndpoint? Furthest(IEnumerable<PrivateEndpoint> endpoints) =>
        endpoints.OrderByDescending(e => e.State == Approved).ThenByDescending(e => e.State == Pending).ThenBy(e => e.Name, StringComparer.Ordinal).FirstOrDefault();
}
