using System.Text.Json;

namespace Luware.Onboarding.Gateways;

/// <summary>A change that the portal may make through Azure Resource Manager. The same value is shown, approved and sent.</summary>
public sealed record AzureRequest
{
    public const string StorageVersion = "2023-05-01";
    public const string ProviderVersion = "2021-04-01";

    private AzureRequest(HttpMethod method, string path, string? body) => (Method, Path, Body) = (method, path, body);

    public HttpMethod Method { get; }

    /// <summary>The path with its query, without the host.</summary>
    public string Path { get; }

    /// <summary>JSON; null if the request has no body.</summary>
    public string? Body { get; }

    /// <summary>The container's resource id.</summary>
    public static string Container(StorageAccountId id, string container) => $"{id}/blobServices/default/containers/{container}";

    public static AzureRequest CreateContainer(StorageAccountId id, string container, bool immutable) => new(
        HttpMethod.Put,
        $"{Container(id, container)}?api-version={StorageVersion}",
        immutable
            ? JsonSerializer.Serialize(new { properties = new { publicAccess = "None", immutableStorageWithVersioning = new { enabled = true } } })
            : JsonSerializer.Serialize(new { properties = new { publicAccess = "None" } }));

    public static AzureRequest RegisterProvider(StorageAccountId id, string provider) =>
        new(HttpMethod.Post, $"{id.Subscription}/providers/{provider}/register?api-version={ProviderVersion}", null);

    /// <summary>The same request as an Azure CLI command, which adds host and token itself.</summary>
    public string ToCli() =>
        $"az rest --method {Method.Method.ToLowerInvariant()} --url \"{Path}\"{(Body is null ? "" : $" --body '{Body}'")}";
}
