using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>What Azure reports about the chosen account at one moment.</summary>
/// <param name="NetworkState">The registration of the provider Microsoft.Network; null if it is not required.</param>
internal sealed record StorageReading(StorageAccount? Account, StorageContainer? Container, string? NetworkState)
{
    public const string NetworkProvider = "Microsoft.Network";

    public static async Task<StorageReading> ReadAsync(
        IAzureStorage storage, TenantAccess access, StorageAccountId id, string container, bool withNetwork, CancellationToken cancellationToken)
    {
        var account = await storage.FindAccountAsync(access, id, cancellationToken);
        return new StorageReading(
            account,
            account is not { HoldsBlobs: true } ? null : await storage.FindContainerAsync(access, id, container, cancellationToken),
            withNetwork ? await storage.GetProviderStateAsync(access, id.SubscriptionId, NetworkProvider, cancellationToken) : null);
    }
}
