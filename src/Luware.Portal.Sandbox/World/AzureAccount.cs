using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Luware.Portal.Sandbox.World;

/// <summary>A tenant's storage account, and its subscription's registration of the network provider.</summary>
public sealed record AzureAccount(Guid SubscriptionId, string ResourceGroup, string Name, string Location)
{
    public string Kind { get; init; } = "StorageV2";
    public string Tier { get; init; } = "Standard";
    public string MinimumTls { get; init; } = "TLS1_2";

    /// <summary>True for Data Lake Storage, which is fixed at creation and has no versions.</summary>
    public bool IsHierarchical { get; init; }

    public bool AllowsAnonymousAccess { get; init; }
    public bool IsVersioned { get; init; } = true;
    public int SoftDeleteDays { get; init; } = 14;
    public bool IsOpenToNetworks { get; init; } = true;
    public bool IsNetworkRegistered { get; init; } = true;
    public ImmutableList<AzureContainer> Containers { get; init; } = [];
    public ImmutableList<AzureEndpoint> Endpoints { get; init; } = [];

    /// <summary>The people who may see and change it.</summary>
    public ImmutableList<Guid> Owners { get; init; } = [];

    /// <summary>The people who may only see the account: they may neither see its subscription nor change anything.</summary>
    public ImmutableList<Guid> Readers { get; init; } = [];

    /// <summary>The people who may write and read blobs, which is a separate right in Azure.</summary>
    public ImmutableList<Guid> BlobContributors { get; init; } = [];

    public bool Exists { get; init; } = true;

    /// <summary>False for accounts that hold only files.</summary>
    public bool HasBlobService { get; init; } = true;

    public string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroup}/providers/Microsoft.Storage/storageAccounts/{Name}";
}

public sealed record AzureContainer(string Name, bool IsImmutable);

/// <param name="State">Pending, Approved, Rejected or Disconnected.</param>
public sealed record AzureEndpoint(string Name, Guid SubscriptionId, string State)
{
    /// <summary>The subscription in which Luware creates its endpoints.</summary>
    public static Guid LuwareSubscription { get; } = StableId.Of("Luware", "subscription");
}

/// <summary>Faults of a storage account.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AzureFault>))]
public enum AzureFault
{
    None,
    NoAccount,
    NoRights,
    NoBlobRights,
    ReaderOfAccount,
    Kind,
    Location,
    AnonymousAccess,
    OldTls,
    NoVersioning,
    NoSoftDelete,
    NoNetworkProvider,
    NoContainer,
    NoImmutability,
    NoEndpoint,
    PendingEndpoint,
    RejectedEndpoint,
    DisconnectedEndpoint,
    Closed,
    NoBlobService,
    PageBlobs,
    Hierarchical,
    StrangersEndpoint,
}

internal static class AzureFaults
{
    public static AzureAccount With(this AzureAccount account, AzureFault fault) => fault switch
    {
        AzureFault.NoAccount => account with { Exists = false },
        AzureFault.NoRights => account with { Owners = [], BlobContributors = [] },
        AzureFault.NoBlobRights => account with { BlobContributors = [] },
        AzureFault.ReaderOfAccount => account with { Owners = [], Readers = account.Owners },
        AzureFault.Kind => account with { Kind = "Storage" },
        AzureFault.Location => account with { Location = "westeurope" },
        AzureFault.AnonymousAccess => account with { AllowsAnonymousAccess = true },
        AzureFault.OldTls => account with { MinimumTls = "TLS1_0" },
        AzureFault.NoVersioning => account with { IsVersioned = false },
        AzureFault.NoSoftDelete => account with { SoftDeleteDays = 0 },
        AzureFault.NoNetworkProvider => account with { IsNetworkRegistered = false },
        AzureFault.NoContainer => account with { Containers = [] },
        AzureFault.NoImmutability => account with { Containers = account.Containers.ConvertAll(c => c with { IsImmutable = false }) },
        AzureFault.NoEndpoint => account with { Endpoints = [] },
        AzureFault.PendingEndpoint => account with { Endpoints = account.Endpoints.ConvertAll(e => e with { State = "Pending" }) },
        AzureFault.RejectedEndpoint => account with { Endpoints = account.Endpoints.ConvertAll(e => e with { State = "Rejected" }) },
        AzureFault.DisconnectedEndpoint => account with { Endpoints = account.Endpoints.ConvertAll(e => e with { State = "Disconnected" }) },
        AzureFault.NoBlobService => account with { Kind = "FileStorage", HasBlobService = false },
        AzureFault.Closed => account with { IsOpenToNetworks = false },
        AzureFault.PageBlobs => account with { Tier = "Premium" },
        AzureFault.Hierarchical =>
            account with { IsHierarchical = true, IsVersioned = false, Containers = account.Containers.ConvertAll(c => c with { IsImmutable = false }) },
        AzureFault.StrangersEndpoint =>
            account with { Endpoints = [new AzureEndpoint("backup-endpoint", StableId.Of("A stranger", "subscription"), "Approved")] },
        _ => account,
    };
}
