using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>Resources in Resource Manager's JSON format (api-version 2023-05-01).</summary>
internal static class ArmJson
{
    public static JsonObject Account(AzureAccount account) => new()
    {
        ["id"] = account.Id,
        ["name"] = account.Name,
        ["type"] = "Microsoft.Storage/storageAccounts",
        ["kind"] = account.Kind,
        ["location"] = account.Location,
        ["sku"] = new JsonObject { ["name"] = $"{account.Tier}_ZRS", ["tier"] = account.Tier },
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = "Succeeded",
            ["minimumTlsVersion"] = account.MinimumTls,
            ["isHnsEnabled"] = account.IsHierarchical,
            ["allowBlobPublicAccess"] = account.AllowsAnonymousAccess,
            ["supportsHttpsTrafficOnly"] = true,
            ["publicNetworkAccess"] = account.IsOpenToNetworks ? "Enabled" : "Disabled",
            ["networkAcls"] = new JsonObject
            {
                ["bypass"] = "AzureServices", ["defaultAction"] = account.IsOpenToNetworks ? "Allow" : "Deny", ["ipRules"] = new JsonArray(),
            },
            ["primaryEndpoints"] = new JsonObject { ["blob"] = $"https://{account.Name}.{LoopbackHandler.BlobDomain}/" },
            ["privateEndpointConnections"] = new JsonArray([.. account.Endpoints.Select(e => Endpoint(account, e))]),
        },
    };

    public static JsonObject BlobService(AzureAccount account) => new()
    {
        ["id"] = $"{account.Id}/blobServices/default",
        ["name"] = "default",
        ["type"] = "Microsoft.Storage/storageAccounts/blobServices",
        ["properties"] = new JsonObject
        {
            ["isVersioningEnabled"] = account.IsVersioned,
            ["deleteRetentionPolicy"] = account.SoftDeleteDays > 0
                ? new JsonObject { ["enabled"] = true, ["days"] = account.SoftDeleteDays }
                : new JsonObject { ["enabled"] = false },
        },
    };

    public static JsonObject Container(AzureContainer container) => new()
    {
        ["name"] = container.Name,
        ["type"] = "Microsoft.Storage/storageAccounts/blobServices/containers",
        ["properties"] = new JsonObject
        {
            ["publicAccess"] = "None",
            ["immutableStorageWithVersioning"] = container.IsImmutable ? new JsonObject { ["enabled"] = true } : null,
            ["hasImmutabilityPolicy"] = false,
            ["hasLegalHold"] = false,
        },
    };

    public static JsonObject Provider(string name, bool registered) => new()
    {
        ["namespace"] = name,
        ["registrationState"] = registered ? "Registered" : "NotRegistered",
    };

    private static JsonObject Endpoint(AzureAccount account, AzureEndpoint endpoint) => new()
    {
        ["id"] = $"{account.Id}/privateEndpointConnections/{endpoint.Name}",
        ["name"] = endpoint.Name,
        ["properties"] = new JsonObject
        {
            ["privateEndpoint"] = new JsonObject
            {
                ["id"] = $"/subscriptions/{endpoint.SubscriptionId}/resourceGroups/luware/providers/Microsoft.Network/privateEndpoints/{endpoint.Name}",
            },
            ["privateLinkServiceConnectionState"] = new JsonObject { ["status"] = endpoint.State, ["description"] = "Luware Recording" },
        },
    };
}
