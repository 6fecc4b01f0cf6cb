using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways.Azure;

/// <summary>The customer's storage account, accessed with the rights of the signed-in person.</summary>
internal sealed class AzureStorage(ArmClient manager, BlobProbe probe, IOptions<AzureSettings> settings) : IAzureStorage
{
    public async Task<StorageAccount?> FindAccountAsync(TenantAccess access, StorageAccountId id, CancellationToken cancellationToken) =>
        await FindAsync(access, id.ToString(), cancellationToken) is { } account
            ? ArmJson.Account(account, await FindBlobsAsync(access, id, cancellationToken)) : null;

    public async Task<StorageContainer?> FindContainerAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken) =>
        await FindAsync(access, AzureRequest.Container(id, container), cancellationToken) is { } found ? ArmJson.Container(found) : null;

    public async Task<string> GetProviderStateAsync(TenantAccess access, Guid subscriptionId, string provider, CancellationToken cancellationToken) =>
        (await manager.FindAsync(
            access, $"/subscriptions/{subscriptionId}/providers/{provider}", AzureRequest.ProviderVersion, cancellationToken))?.Text("registrationState")
        ?? "NotRegistered";

    public Task ChangeAsync(TenantAccess access, AzureRequest request, CancellationToken cancellationToken) =>
        manager.SendAsync(access, request.Method, request.Path, request.Body, cancellationToken);

    public async Task ProbeAsync(TenantAccess access, StorageAccountId id, string container, CancellationToken cancellationToken)
    {
        // Read at this moment: an address taken from a stored plan would be untrusted input.
        var account = await FindAsync(access, id.ToString(), cancellationToken)
            ?? throw new TransientException($"The account {id.Account} has gone.");
        var endpoint = ArmJson.BlobEndpoint(account);
        if (!IsOfAzure(endpoint, id.Account, out var address))
            throw new RefusedException("The blobs' address is not trusted.", new RemoteAnswer(
                AzureFailures.ManagerService, StorageFailureCodes.HostNotTrusted, "", $"primaryEndpoints.blob is '{endpoint}'.", null));
        await probe.RunAsync(access, address, container, cancellationToken);
    }

    /// <summary>True if the address is the account's own host in one of Azure's domains, over https, without anything else.</summary>
    private bool IsOfAzure(string? endpoint, string account, out Uri address) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out address!)
        && address is { IsDefaultPort: true, PathAndQuery: "/", UserInfo: "" } && address.Scheme == Uri.UriSchemeHttps
        && address.IdnHost is var host && host.StartsWith($"{account}.", StringComparison.Ordinal)
        && settings.Value.BlobSuffixes.Any(suffix => host.EndsWith($".{suffix}", StringComparison.OrdinalIgnoreCase));

    /// <returns>Null if the account holds files only, which is no error.</returns>
    private async Task<JsonElement?> FindBlobsAsync(TenantAccess access, StorageAccountId id, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(access, $"{id}/blobServices/default", cancellationToken);
        }
        catch (RefusedException e) when (AzureFailures.IsWithoutBlobs(e.Answer!))
        {
            return null;
        }
    }

    private Task<JsonElement?> FindAsync(TenantAccess access, string path, CancellationToken cancellationToken) =>
        manager.FindAsync(access, path, AzureRequest.StorageVersion, cancellationToken);
}
