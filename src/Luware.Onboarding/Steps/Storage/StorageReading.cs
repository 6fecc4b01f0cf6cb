using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>What Azure reports about the chosen account at one moment.</summary>
/// <param name="NetworkState">The registration of the provider Microsoft.Network; null if it is not required or may not be read.</param>
internal sealed record StorageReading(StorageAccount? Account, StorageContainer? Container, string? NetworkState)
{
    public const string NetworkProvider = "Microsoft.Network";

    /// <summary>Azure's answer where the registration may not be read.</summary>
    public RemoteAnswer? NetworkRefusal { get; private init; }

    public static async Task<StorageReading> ReadAsync(
        IAzureStorage storage, TenantAccess access, StorageAccountId id, string container, bool withNetwork, CancellationToken cancellationToken)
    {
        var account = await storage.FindAccountAsync(access, id, cancellationToken);
        var found = account is { HoldsBlobs: true } ? await storage.FindContainerAsync(access, id, container, cancellationToken) : null;
        var reading = new StorageReading(account, found, NetworkState: null);
        if (!withNetwork)
            return reading;

        try
        {
            return reading with { NetworkState = await storage.GetProviderStateAsync(access, id.SubscriptionId, NetworkProvider, cancellationToken) };
        }
        catch (RefusedException refused) when (refused.Answer is { } answer && answer.MeansAccessDenied())
        {
            // The registration belongs to the subscription, which a reader of the account alone may not see.
            return reading with { NetworkRefusal = answer };
        }
    }
}
