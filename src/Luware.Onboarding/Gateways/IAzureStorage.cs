namespace Luware.Onboarding.Gateways;

/// <summary>
/// The customer's storage account: its settings through Azure Resource Manager, its blobs at the address that Resource Manager returns. Everything uses the
/// rights of the signed-in person; the portal has no key, signature or identity of its own.
/// </summary>
/// <remarks>Every method throws <see cref="GatewayException"/> if Azure refuses or is unavailable.</remarks>
public interface IAzureStorage
{
    /// <returns>Null if the resource group or the account does not exist.</returns>
    Task<StorageAccount?> FindAccountAsync(TenantAccess access, StorageAccountId id, CancellationToken cancellationToken);

    /// <returns>Null if the account has no such container.</returns>
    Task<StorageContainer?> FindContainerAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken);

    /// <summary>The registration state of a resource provider in the subscription: Registered, Registering, NotRegistered.</summary>
    Task<string> GetProviderStateAsync(TenantAccess access, Guid subscriptionId, string provider, CancellationToken cancellationToken);

    /// <summary>Sends one of the few changes that the portal makes. Each may be sent twice.</summary>
    Task ChangeAsync(TenantAccess access, AzureRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a small blob into the container, reads it back and deletes it; also deletes blobs that an interrupted earlier try left behind.</summary>
    Task ProbeAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken);
}

/// <summary>Identifies a storage account by the three variable parts of its resource id.</summary>
public sealed record StorageAccountId(Guid SubscriptionId, string ResourceGroup, string Account)
{
    public string Subscription => $"/subscriptions/{SubscriptionId}";

    public override string ToString() => $"{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.Storage/storageAccounts/{Account}";
}

/// <param name="Kind">StorageV2, BlockBlobStorage, Storage, BlobStorage or FileStorage.</param>
/// <param name="Location">Azure's name of the region: switzerlandnorth.</param>
/// <param name="MinimumTls">TLS1_0, TLS1_1, TLS1_2 or newer.</param>
/// <param name="IsHierarchical">Data Lake Storage, which has no version-level immutability.</param>
/// <param name="IsOpenToNetworks">Requests from the public network are admitted, from anywhere or from some addresses.</param>
/// <param name="SoftDeleteDays">How long deleted blobs can be restored; null if soft delete is off.</param>
public sealed record StorageAccount(
    string Kind, string Location, string MinimumTls, bool IsHierarchical, bool AllowsAnonymousAccess, bool IsOpenToNetworks,
    bool HasVersioning, bool HasImmutability, int? SoftDeleteDays, IReadOnlyList<PrivateEndpoint> PrivateEndpoints)
{
    /// <summary>Whether it can hold block blobs, as recordings are; false if the account is only for files or disks.</summary>
    public bool HoldsBlobs { get; init; } = true;
}

/// <param name="HasImmutability">Whether versions in it can be locked.</param>
public sealed record StorageContainer(string Name, bool HasImmutability);

/// <summary>A connection to the account over a private network.</summary>
/// <param name="Subscription">The subscription of the endpoint; null if Azure does not say.</param>
/// <param name="State">Pending, Approved, Rejected or Disconnected.</param>
public sealed record PrivateEndpoint(string Name, Guid? Subscription, string State);

/// <summary>Codes that the portal itself uses for storage failures, beside Azure's own.</summary>
public static class StorageFailureCodes
{
    /// <summary>The blobs' host could not be reached.</summary>
    public const string NotReachable = "BlobHostNotReachable";

    /// <summary>Resource Manager returned a host that is not one of Azure's own.</summary>
    public const string HostNotTrusted = "BlobHostNotTrusted";
}
