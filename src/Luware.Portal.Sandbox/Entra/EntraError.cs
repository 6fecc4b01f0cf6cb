using System.Globalization;
using System.Text.Json.Nodes;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>An error of Entra, in its real wording.</summary>
/// <param name="Error">The protocol's error: invalid_grant, access_denied.</param>
/// <param name="Code">The number of the AADSTS code.</param>
public sealed record EntraError(string Error, int Code, string Message, string? SubError = null)
{
    /// <summary>The claims that the next sign-in must request.</summary>
    public string? Claims { get; init; }

    public string Description => string.Create(CultureInfo.InvariantCulture, $"AADSTS{Code}: {Message}");

    public static EntraError TenantNotFound(string tenant) =>
        new("invalid_request", 90002,
            $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");

    public static EntraError ApplicationNotFound(string? clientId) =>
        new("unauthorized_client", 700016, $"Application with identifier '{clientId}' was not found in the directory.");

    public static EntraError RedirectMismatch(string? redirectUri, Guid clientId) =>
        new("invalid_request", 50011,
            $"The redirect URI '{redirectUri}' specified in the request does not match the redirect URIs configured for the application '{clientId}'.");

    public static EntraError OtherDirectory(string userPrincipalName, string tenant) =>
        new("access_denied", 50020,
            $"User account '{userPrincipalName}' does not exist in tenant '{tenant}' and cannot access the application in that tenant.");

    public static readonly EntraError Declined =
        new("access_denied", 65004, "User declined to consent to access the app.", "cancel");

    public static readonly EntraError AdminConsentRequired =
        new("access_denied", 90094, "An administrator of the organization must grant the requested permissions.");

    public static readonly EntraError ConsentForbidden =
        new("access_denied", 90093, "The application is not allowed to receive these permissions in this organization.");

    public static readonly EntraError SignInNeeded =
        new("login_required", 50058, "A silent sign-in request was sent but no user is signed in.");

    public static readonly EntraError InteractionNeeded =
        new("interaction_required", 65001, "The user or administrator has not consented to use the application with the requested permissions.");

    public static EntraError NotConsented(Guid clientId, string name) =>
        new("invalid_grant", 65001,
            $"The user or administrator has not consented to use the application with ID '{clientId}' named '{name}'. "
            + "Send an interactive authorization request for this user and resource.",
            "consent_required");

    public static readonly EntraError Revoked =
        new("invalid_grant", 50173,
            "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
            "bad_token");

    /// <param name="claims">The requested claims; null if the tenant's own policy requires them.</param>
    public static EntraError SecondFactorNeeded(string resource, string? claims) => new(
        "interaction_required", 50076,
        "Due to a configuration change made by your administrator, or because you moved to a new location, "
        + $"you must use multi-factor authentication to access '{resource}'.",
        "basic_action")
    {
        Claims = claims ?? """{"access_token":{"capolids":{"essential":true,"values":["3f0a5c1e-7d42-4b86-9a35-2c6e8f10d7b4"]}}}""",
    };

    public static EntraError BadGrant(int code, string message) => new("invalid_grant", code, message);

    public static EntraError BadRequest(int code, string message) => new("invalid_request", code, message);

    public static EntraError BadScope(int code, string message) => new("invalid_scope", code, message);

    public static EntraError BadClient(int code, string message) => new("invalid_client", code, message);

    /// <summary>The body of a refused token request.</summary>
    public JsonObject ToJson(DateTimeOffset now)
    {
        var (trace, correlation) = (Guid.NewGuid(), Guid.NewGuid());
        var at = now.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var json = new JsonObject
        {
            ["error"] = Error,
            ["error_description"] = $"{Description} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}",
            ["error_codes"] = new JsonArray(Code),
            ["timestamp"] = at,
            ["trace_id"] = trace.ToString(),
            ["correlation_id"] = correlation.ToString(),
            ["error_uri"] = ErrorUri,
        };
        if (SubError is not null)
            json["suberror"] = SubError;
        if (Claims is not null)
            json["claims"] = Claims;
        return json;
    }

    public string ErrorUri => string.Create(CultureInfo.InvariantCulture, $"https://login.microsoftonline.com/error?code={Code}");
}

/// <summary>Carries an error from deep inside a request to the endpoint.</summary>
public sealed class EntraException(EntraError error) : Exception(error.Description)
{
    public EntraError Error { get; } = error;
}
