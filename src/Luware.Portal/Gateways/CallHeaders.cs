namespace Luware.Portal.Gateways;

/// <summary>By which headers a service and its callers tell each other of a request.</summary>
/// <param name="Ours">The caller's id, a GUID.</param>
/// <param name="Echo">Asks the service to say it again.</param>
/// <param name="Theirs">The service's own id, by which its support finds the request.</param>
internal sealed record CallHeaders(string Service, string Ours, string Echo, string Theirs)
{
    private const string AzureOurs = "x-ms-client-request-id";
    private const string AzureEcho = "x-ms-return-client-request-id";

    public static CallHeaders Graph { get; } = new("Microsoft Graph", "client-request-id", "return-client-request-id", "request-id");

    public static CallHeaders ResourceManager { get; } = new("Azure Resource Manager", AzureOurs, AzureEcho, "x-ms-correlation-request-id");

    public static CallHeaders Storage { get; } = new("Azure Storage", AzureOurs, AzureEcho, "x-ms-request-id");
}
