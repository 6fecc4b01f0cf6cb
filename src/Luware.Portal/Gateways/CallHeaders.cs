namespace Luware.Portal.Gateways;

/// <summary>The headers by which a service and its callers exchange correlation ids.</summary>
/// <param name="Ours">The header for the caller's id, a GUID.</param>
/// <param name="Echo">The header that asks the service to return it.</param>
/// <param name="Theirs">The header with the service's own id, by which its support finds the request.</param>
internal sealed record CallHeaders(string Service, string Ours, string Echo, string Theirs)
{
    private const string AzureOurs = "x-ms-client-request-id";
    private const string AzureEcho = "x-ms-return-client-request-id";

    public static CallHeaders Graph { get; } = new("Microsoft Graph", "client-request-id", "return-client-request-id", "request-id");

    public static CallHeaders ResourceManager { get; } = new("Azure Resource Manager", AzureOurs, AzureEcho, "x-ms-correlation-request-id");

    public static CallHeaders Storage { get; } = new("Azure Storage", AzureOurs, AzureEcho, "x-ms-request-id");
}
