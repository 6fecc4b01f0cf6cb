using System.Globalization;
using System.Text.Json.Nodes;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>An error of Microsoft Graph.</summary>
public sealed record GraphError(int Status, string Code, string Message)
{
    public static readonly GraphError BadToken = new(
        StatusCodes.Status401Unauthorized, "InvalidAuthenticationToken",
        "Lifetime validation failed, the token is expired or was not issued for this resource.");

    public static readonly GraphError NoPrivileges = new(
        StatusCodes.Status403Forbidden, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphError NotFound(string id) => new(
        StatusCodes.Status404NotFound, "Request_ResourceNotFound",
        $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphError BadRequest(string message) => new(StatusCodes.Status400BadRequest, "Request_BadRequest", message);

    public static GraphError Failing(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => BadToken,
        StatusCodes.Status403Forbidden => NoPrivileges,
        StatusCodes.Status429TooManyRequests => new(status, "TooManyRequests", "Please retry again later."),
        StatusCodes.Status503ServiceUnavailable => new(status, "serviceNotAvailable", "The service is temporarily unavailable."),
        _ => new(status, "generalException", "An unexpected error occurred."),
    };

    public JsonObject ToJson(DateTimeOffset now, string requestId, string clientRequestId) => new()
    {
        ["error"] = new JsonObject
        {
            ["code"] = Code,
            ["message"] = Message,
            ["innerError"] = new JsonObject
            {
                ["date"] = now.ToString("s", CultureInfo.InvariantCulture),
                ["request-id"] = requestId,
                ["client-request-id"] = clientRequestId,
            },
        },
    };
}

/// <summary>Carries an error from deep inside a request to the endpoint.</summary>
public sealed class GraphException(GraphError error) : Exception(error.Message)
{
    public GraphError Error { get; } = error;
}
