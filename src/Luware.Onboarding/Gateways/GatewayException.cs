using System.Text.Json.Serialization;

namespace Luware.Onboarding.Gateways;

/// <summary>A remote system did not do what was asked. The engine, and only the engine, turns it into an outcome.</summary>
public abstract class GatewayException(string message, RemoteAnswer? answer = null, Exception? inner = null) : Exception(message, inner)
{
    public RemoteAnswer? Answer { get; } = answer;
}

/// <summary>What the remote system said, for the folded "word for word" part and for support. Never holds tokens.</summary>
/// <param name="Code">The machine-readable code: AADSTS65001, Authorization_RequestDenied, a PowerShell error id.</param>
/// <param name="Category">A PowerShell error category or an HTTP status.</param>
/// <param name="CorrelationId">The service's own id of the request.</param>
public sealed record RemoteAnswer(string Service, string Code, string Category, string Message, string? CorrelationId)
{
    /// <summary>The id under which the portal told it of the request; within a run, the run's.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>Everything that it said, as pages, plans and the journal show it.</summary>
    [JsonIgnore]
    public string WordForWord => string.Join('\n', Lines().Where(l => l.Length > 0));

    private string[] Lines() => [$"{Service}: {Message}", $"{Code} {Category}".Trim(), CorrelationId is null ? "" : $"correlation id {CorrelationId}", ClientRequestId is null ? "" : $"client request id {ClientRequestId}"];
}

/// <summary>No usable token: signed out, expired, revoked, or Conditional Access wants the person. Waits for a new sign-in.</summary>
public sealed class SignInRequiredException(string message, RemoteAnswer? answer = null, Exception? inner = null) : GatewayException(message, answer, inner)
{
    /// <summary>What the sign-in must ask Entra to have proven (a second factor, a device), in Entra's own words; null where any will do.</summary>
    public string? Claims { get; init; }
}

/// <summary>The person has not consented to scopes that the route needs.</summary>
public sealed class ScopesMissingException(IReadOnlyList<string> scopes, RemoteAnswer? answer = null, Exception? inner = null)
    : GatewayException($"Not consented: {string.Join(' ', scopes)}", answer, inner)
{
    public IReadOnlyList<string> Scopes { get; } = scopes;
}

/// <summary>The service said no; asking again changes nothing until somebody changes something.</summary>
public sealed class RefusedException(string message, RemoteAnswer answer, Exception? inner = null) : GatewayException(message, answer, inner);

/// <summary>Busy, throttled, unreachable, or a worker was lost; asking again later is right.</summary>
public sealed class TransientException(string message, TimeSpan? retryAfter = null, RemoteAnswer? answer = null, Exception? inner = null)
    : GatewayException(message, answer, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The session answered for another tenant or person than the run's. Nothing was written.</summary>
public sealed class WrongIdentityException(string message, Exception? inner = null) : GatewayException(message, null, inner);
