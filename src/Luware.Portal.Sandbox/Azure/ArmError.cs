using System.Text.Json.Nodes;

namespace Luware.Portal.Sandbox.Azure;

/// <summary>An error of Azure Resource Manager.</summary>
public sealed record ArmError(int Status, string Code, string Message)
{
    public static readonly ArmError NoVersion = new(
        StatusCodes.Status400BadRequest, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.");
    public static readonly ArmError BadToken = new(StatusCodes.Status401Unauthorized, "InvalidAuthenticationToken", "The access token is invalid.");
    public static readonly ArmError OtherTenant = new(
        StatusCodes.Status401Unauthorized, "InvalidAuthenticationTokenTenant",
        "The access token is from the wrong issuer. It must match the tenant associated with this subscription.");
    public static readonly ArmError NoContainer = new(StatusCodes.Status404NotFound, "ContainerNotFound", "The specified container does not exist.");
    public static readonly ArmError NoBlobs = new(StatusCodes.Status400BadRequest, "FeatureNotSupportedForAccount", "Blob is not supported for the account.");
    public static readonly ArmError NeedsVersioning = new(
        StatusCodes.Status409Conflict, "FeatureNotSupportedForAccount", "Versioning must be enabled for immutable storage with versioning.");

    /// <summary>Insufficient proof; a header of the answer says what the token must contain.</summary>
    public static ArmError ProofWanted(string resource) => new(
        StatusCodes.Status401Unauthorized, "RequestDisallowedByPolicy",
        $"Resource '{resource}' was disallowed by policy. Users must authenticate with multi-factor authentication to create or update resources.");

    public static ArmError NoSubscription(Guid id) =>
        new(StatusCodes.Status404NotFound, "SubscriptionNotFound", $"The subscription '{id}' could not be found.");

    public static ArmError NoResource(string name) =>
        new(StatusCodes.Status404NotFound, "ResourceNotFound", $"The Resource 'Microsoft.Storage/storageAccounts/{name}' was not found.");

    public static ArmError NoRights(Guid person, string scope) => new(
        StatusCodes.Status403Forbidden, "AuthorizationFailed",
        $"The client with object id '{person}' does not have authorization to perform the action over scope '{scope}' or the scope is invalid.");

    public static ArmError Failing(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => BadToken,
        StatusCodes.Status403Forbidden => new(status, "AuthorizationFailed", "The client does not have authorization to perform the action."),
        StatusCodes.Status429TooManyRequests => new(status, "TooManyRequests", "The request is being throttled. Please try again later."),
        _ => new(status, "ServiceUnavailable", "The service is unavailable. Please try again later."),
    };

    public JsonObject ToJson() => new() { ["error"] = new JsonObject { ["code"] = Code, ["message"] = Message } };
}

/// <summary>Carries an error from deep inside a request to the endpoint.</summary>
public sealed class ArmException(ArmError error) : Exception(error.Message)
{
    public ArmError Error { get; } = error;
}
