using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>A cmdlet's error record.</summary>
public sealed class TeamsRefusalException(int status, string category, string errorId, string message, string? target = null) : Exception(message)
{
    public int Status { get; } = status;

    public JsonObject ToJson(string correlationId) => new()
    {
        ["error"] = new JsonObject
        {
            ["category"] = category,
            ["errorId"] = errorId,
            ["target"] = target,
            ["message"] = Message,
            ["correlationId"] = correlationId,
        },
    };

    public static TeamsRefusalException Of(TeamsRefusal refusal, string cmdlet) => refusal switch
    {
        TeamsRefusal.AccessDenied => AccessDenied(cmdlet),
        TeamsRefusal.Forbidden => new(StatusCodes.Status403Forbidden, "PermissionDenied", "Forbidden", "40301 Forbidden", cmdlet),
        TeamsRefusal.NotFound => NotFound("An object that was named was not found.", cmdlet),
        TeamsRefusal.Unavailable => new(StatusCodes.Status503ServiceUnavailable, "ResourceUnavailable", "ServiceUnavailable", "Service unavailable.", cmdlet),
        TeamsRefusal.Expired => NotSignedIn("Lifetime validation failed, the token has expired."),
        _ => TooBusy(),
    };

    public static TeamsRefusalException NotSignedIn(string message) => new(StatusCodes.Status401Unauthorized, "AuthenticationError", "Unauthorized", message);

    public static TeamsRefusalException AccessDenied(string cmdlet) =>
        new(StatusCodes.Status403Forbidden, "PermissionDenied", "AccessDenied", "Access Denied.", cmdlet);

    public static TeamsRefusalException TooBusy() =>
        new(StatusCodes.Status429TooManyRequests, "LimitsExceeded", "TooManyRequests", "Service is too busy. Please try again later.");

    public static TeamsRefusalException NotFound(string message, string? target) =>
        new(StatusCodes.Status404NotFound, "ObjectNotFound", "NotFound", message, target);

    public static TeamsRefusalException Exists(string message, string? target) =>
        new(StatusCodes.Status409Conflict, "ResourceExists", "Conflict", message, target);

    public static TeamsRefusalException Invalid(string message, string? target = null) =>
        new(StatusCodes.Status400BadRequest, "InvalidArgument", "BadRequest", message, target);

    public static TeamsRefusalException Unbound(string errorId, string message, string? target) =>
        new(StatusCodes.Status400BadRequest, "InvalidArgument", $"{errorId},ParameterBindingException", message, target);

    public static TeamsRefusalException UnknownCmdlet(string name) => new(
        StatusCodes.Status404NotFound, "ObjectNotFound", "CommandNotFoundException",
        $"The term '{name}' is not recognized as a name of a cmdlet, function, script file, or executable program.", name);
}
