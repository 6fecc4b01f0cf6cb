using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Gateways.Azure;

/// <summary>Converts Resource Manager's JSON to the portal's records. Properties that an old account lacks have Azure's defaults.</summary>
internal static class ArmJson
{
    /// <param name="blobs">The blob service; null if the account has none.</param>
    public static StorageAccount Account(JsonElement account, JsonElement? blobs)
    {
        var properties = account.Find("properties");
        var service = (blobs ?? default).Find("properties");
        var softDelete = service.Find("deleteRetentionPolicy");
        var kind = account.Text("kind") ?? "";
        return new StorageAccount(
            kind, account.Text("location") ?? "", properties.Text("minimumTlsVersion") ?? "TLS1_0",
            IsHierarchical: properties.Flag("isHnsEnabled") ?? false,
            AllowsAnonymousAccess: properties.Flag("allowBlobPublicAccess") ?? true,
            IsOpenToNetworks: properties.Text("publicNetworkAccess") is null or "Enabled" && LetsSomebodyIn(properties.Find("networkAcls")),
            HasVersioning: service.Flag("isVersioningEnabled") ?? false,
            HasImmutability: properties.Find("immutableStorageWithVersioning").Flag("enabled") ?? false,
            SoftDeleteDays: softDelete.Flag("enabled") == true ? softDelete.Number("days") : null,
            [.. properties.Items("privateEndpointConnections").Select(Endpoint)])
        {
            // The premium tier of a general-purpose kind is for disks and has page blobs only.
            HoldsBlobs = blobs is not null && !(kind is "Storage" or "StorageV2" && account.Find("sku").Text("tier") == "Premium"),
        };
    }

    public static StorageContainer Container(JsonElement container) =>
        new(container.Text("name") ?? "", container.Find("properties").Find("immutableStorageWithVersioning").Flag("enabled") ?? false);

    /// <summary>The address of the blobs according to Resource Manager.</summary>
    public static string? BlobEndpoint(JsonElement account) => account.Find("properties").Find("primaryEndpoints").Text("blob");

    /// <summary>Returns an undefined element if there is no such property.</summary>
    public static JsonElement Find(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static bool LetsSomebodyIn(JsonElement rules) => rules.Text("defaultAction") is null or "Allow" || rules.Items("ipRules").Count > 0;

    private static PrivateEndpoint Endpoint(JsonElement connection)
    {
        var properties = connection.Find("properties");
        var parts = (properties.Find("privateEndpoint").Text("id") ?? "").Split('/');
        return new PrivateEndpoint(
            connection.Text("name") ?? "",
            parts is ["", _, var subscription, ..] && Guid.TryParse(subscription, out var id) ? id : null,
            properties.Find("privateLinkServiceConnectionState").Text("status") ?? "");
    }

    private static bool? Flag(this JsonElement element, string name) => element.Find(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static int? Number(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static List<JsonElement> Items(this JsonElement element, string name) =>
        element.Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];
}
