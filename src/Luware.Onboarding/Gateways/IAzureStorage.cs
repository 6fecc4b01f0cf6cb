namespace Luware.Onboarding.Gateways;

/// <summary>
/// The customer's storage account: its settings through Azure Resource Manager, its blobs through the address that Resource Manager
/// names. Everything happens with the rights of the signed-in person; there is no key, no signature and no identity of the portal's own.
/// </summary>
/// <remarks>Every method throws <see cref="GatewayException"/> for what Azure refuses or cannot do now.</remarks>
public interface IAzureStorage
{
    /// <returns>Null where the resource group or the account does not exist.</returns>
    Task<StorageAccount?> FindAccountAsync(TenantAccess access, StorageAccountId id, CancellationToken cancellationToken);

    /// <returns>Null where there is no such container in the account.</returns>
    Task<StorageContainer?> FindContainerAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken);

    /// <summary>Whether the subscription may use a resource provider: Registered, Registering, NotRegistered.</summary>
    Task<string> GetProviderStateAsync(TenantAccess access, Guid subscriptionId, string provider, CancellationToken cancellationToken);

    /// <summary>Sends one of the few changes that the portal makes. Each may be sent twice.</summary>
    Task ChangeAsync(TenantAccess access, AzureRequest request, CancellationToken cancellationToken);

    /// <summary>Writes a small blob into the container, reads it back and deletes it, and whatever an interrupted earlier try has left.</summary>
    Task ProbeAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken);
}

/// <summary>Which storage account: the three parts of its resource id that vary.</summary>
public sealed record StorageAccountId(Guid SubscriptionId, string ResourceGroup, string Account)
{
    public string Subscription => $"/subscriptions/{SubscriptionId}";

    public override string ToString() => $"{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.Storage/storageAccounts/{Account}";
}

/// <param name="Kind">StorageV2, BlockBlobStorage, Storage, BlobStorage or FileStorage.</param>
/// <param name="Location">Azure's name of the region: switzerlandnorth.</param>
/// <param name="MinimumTls">TLS1_0, TLS1_1, TLS1_2 or newer.</param>
/// <param name="IsHierarchical">Data Lake Storage, which knows no version-level immutability.</param>
/// <param name="IsOpenToNetworks">Requests from the public network are let in, from anywhere or from some addresses.</param>
/// <param name="SoftDeleteDays">How long deleted blobs can be restored; null where soft delete is off.</param>
public sealed record StorageAccount(
    string Kind, string Location, string MinimumTls, bool IsHierarchical, bool AllowsAnonymousAccess, bool IsOpenToNetworks,
    bool HasVersioning, bool HasImmutability, int? SoftDeleteDays, IReadOnlyList<PrivateEndpoint> PrivateEndpoints)
{
    /// <summary>Block blobs, which recordings are: not where the account is one for files or for disks alone.</summary>
    public bool HoldsBlobs { get; init; } = true;
}

/// <param name="HasImmutability">Versions in it can be locked.</param>
public sealed record StorageContainer(string Name, bool HasImmutability);

/// <summary>Somebody's connection to the account over a private network.</summary>
/// <param name="Subscription">Whose endpoint it is; null where Azure does not say.</param>
/// <param name="State">Pending, Approved, Rejected or Disconnected.</param>
public sealed record PrivateEndpoint(string Name, Guid? Subscription, string State);

/// <summary>Answers of the portal's own among those of Azure.</summary>
public static class StorageFailureCodes
{
    /// <summary>No connection to the blobs' host came about.</summary>
    public const string NotReachable = "BlobHostNotReachable";

    /// <summary>Resource Manager named a host that is none of Azure's own.</summary>
    public const string HostNotTrusted = "BlobHostNotTrusted";
}
