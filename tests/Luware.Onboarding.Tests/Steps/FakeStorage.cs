using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>A storage account as it should be, until a test says otherwise.</summary>
internal sealed class FakeStorage : IAzureStorage
{
    public static readonly StorageAccountId Id = new(new Guid("6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e01"), "recording", "contosorecordings");

    /// <summary>The subscription of Luware's private endpoints.</summary>
    public static readonly Guid Luware = new("6f0f9f1a-1f4e-4b7d-9a55-2f5d9c2b7e02");

    public StorageAccount? Account { get; set; } = new(
        "StorageV2", "switzerlandnorth", "TLS1_2", IsHierarchical: false, AllowsAnonymousAccess: false,
        IsOpenToNetworks: true, HasVersioning: true, HasImmutability: false, SoftDeleteDays: 14,
        [new PrivateEndpoint("luware-mtch", Luware, "Approved")]);

    public StorageContainer? Container { get; set; } = new("luware-recording", HasImmutability: true);
    public string NetworkState { get; set; } = "Registered";
    public GatewayException? Fault { get; set; }

    /// <summary>Answered to questions about the subscription alone.</summary>
    public GatewayException? SubscriptionFault { get; set; }

    public List<AzureRequest> Changes { get; } = [];
    public List<string> Probes { get; } = [];
    public int Reads { get; private set; }

    public Task<StorageAccount?> FindAccountAsync(TenantAccess access, StorageAccountId id, CancellationToken cancellationToken)
    {
        Reads++;
        return Fault is null ? Task.FromResult(Account) : Task.FromException<StorageAccount?>(Fault);
    }

    public Task<StorageContainer?> FindContainerAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken) =>
        Task.FromResult(Container?.Name == container ? Container : null);

    public Task<string> GetProviderStateAsync(TenantAccess access, Guid subscriptionId, string provider, CancellationToken cancellationToken) =>
        SubscriptionFault is null ? Task.FromResult(NetworkState) : Task.FromException<string>(SubscriptionFault);

    public Task ChangeAsync(TenantAccess access, AzureRequest request, CancellationToken cancellationToken)
    {
        Changes.Add(request);
        if (request.Method == HttpMethod.Post)
            NetworkState = "Registered";
        else
            Container = new StorageContainer(request.Path.Split('/', '?')[^2], request.Body!.Contains("immutable", StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    public Task ProbeAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken)
    {
        Probes.Add($"{id.Account}/{container}");
        return Task.CompletedTask;
    }
}
