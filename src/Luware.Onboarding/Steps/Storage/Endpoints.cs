using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>Which of an account's private endpoint connections is Luware's.</summary>
internal static class Endpoints
{
    public const string Approved = "Approved";
    public const string Pending = "Pending";

    /// <summary>From Luware's subscription where it is known, else from any but the account's own; the one that is furthest.</summary>
    public static PrivateEndpoint? Find(StorageAccount? account, StorageAccountId id, Region region) => account?.PrivateEndpoints
        .Where(e => region.EndpointSubscription is { } luware ? e.Subscription == luware : e.Subscription is { } other && other != id.SubscriptionId)
        .OrderByDescending(e => e.State == Approved).ThenByDescending(e => e.State == Pending).ThenBy(e => e.Name, StringComparer.Ordinal)
        .FirstOrDefault();
}
