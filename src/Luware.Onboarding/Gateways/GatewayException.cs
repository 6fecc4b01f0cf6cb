using System.Text.Json.Serialization;

namespace Luware.Onboarding.Gateways;

/// <summary>A remote system did not do what was asked. Only the engine turns this into an outcome.</summary>
public abstract class GatewayException(string message, RemoteAnswer? answer = null, Exception? inner = null) : Exception(message, inner)
{
    public RemoteAnswer? Answer { get; } = answer;
}

/// <summary>A remote system's answer, for the folded "word for word" part and for support. Never contains tokens.</summary>
/// <param name="Code">The machine-readable code: AADSTS65001, Authorization_RequestDenied, a PowerShell error id.</param>
/// <param name="Category">A PowerShell error category or an HTTP status.</param>
/// <param name="CorrelationId">The service's own id of the request.</param>
public sealed record RemoteAnswer(string Service, string Code, string Category, string Message, string? CorrelationId)
{
    /// <summary>The correlation id that the portal sent with the request; within a run, the run's id.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The complete answer, as pages, plans and the journal show it.</summary>
    [JsonIgnore]
    public string WordForWord => string.Join('\n', Lines().Where(l => l.Length > 0));

    private string[] Lines() =>
    [
        $"{Service}: {Message}", $"{Code} {Category}".Trim(),
        CorrelationId is null ? "" : $"correlation id {CorrelationId}",
        ClientRequestId is null ? "" : $"client request id {ClientRequestId}",
    ];
}

/// <summary>There is no usable token: signed out, expired, revoked, or Conditional Access requires interaction. The run waits for a new sign-in.</summary>
public sealed class SignInRequiredException(string message, RemoteAnswer? answer = null, Exception? inner = null) : GatewayException(message, answer, inner)
{
    /// <summary>Entra's claims challenge for the next sign-in (a second factor, a device); null if any sign-in is enough.</summary>
    public string? Claims { get; init; }
}

/// <summary>The person has not consented to scopes that the chosen route needs.</summary>
public sealed class ScopesMissingException(IReadOnlyList<string> scopes, RemoteAnswer? answer = null, Exception? inner = null)
    : GatewayException($"Not consented: {string.Join(' ', scopes)}", answer, inner)
{
    public IReadOnlyList<string> Scopes { get; } = scopes;
}

/// <summary>The service refused; repeating the request is pointless until somebody changes something.</summary>
public sealed class RefusedException(string message, RemoteAnswer answer, Exception? inner = null) : GatewayException(message, answer, inner);

/// <summary>The service is busy, throttles or is unreachable, or a worker was lost; repeat the request later.</summary>
public sealed class TransientException(string message, TimeSpan? retryAfter = null, RemoteAnswer? answer = null, Exception? inner = null)
    : GatewayException(message, answer, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The session answered for a tenant or person other than the run's. Nothing was written.</summary>
public sealed class WrongIdentityException(string message, Exception? inner = null) : GatewayException(message, null, inner);
