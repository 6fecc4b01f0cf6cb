using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Gateways.Teams;

/// <summary>Translates failed Teams commands for the engine.</summary>
internal static class TeamsFailures
{
    private const string Service = "Microsoft Teams";

    /// <summary>
    /// When to try again after a failure. The worker pool has already retried with growing pauses, so this exceeds the engine's quick retries; otherwise each
    /// of them would repeat the pool's.
    /// </summary>
    internal static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    // The module wraps the service's answers in text; public reports agree on these words.
    private static readonly string[] NotNow =
    [
        "gateway timeout", "gatewaytimeout", "timed out", "temporarily unavailable", "internal server error", "internalservererror", "bad gateway",
        "badgateway",
        // The service was not reached, in .NET's words.
        "error occurred while sending the request", "httpclient.timeout", "connection refused", "connection reset", "name or service not known",
        "no such host is known", "ssl connection could not be established",
    ];

    private static readonly string[] Expired =
    [
        "(401)", "401 (unauthorized)", "[unauthorized]", "token has expired", "token is expired", "invalidauthenticationtoken", "aadsts500133",
        "you must call the connect-microsoftteams",
    ];

    /// <summary>
    /// The connection's tokens have expired, and a new connection helps. Some commands send several requests, of which one may have taken effect.
    /// </summary>
    public static bool IsExpired(CommandRefusedException exception) =>
        exception.Error.Category == "AuthenticationError"
        || exception.Error.ErrorId.StartsWith("Unauthorized", StringComparison.OrdinalIgnoreCase) || Says(exception.Error, Expired);

    /// <summary>A write failed because of expired tokens. A reading with new tokens must first tell whether it took effect.</summary>
    public static TransientException OfUsedUp(CommandRefusedException exception) =>
        new("Microsoft Teams no longer accepted the tokens; whether the command took effect is not known.", answer: Answer(exception.Error), inner: exception);

    public static GatewayException Translate(TeamsWorkerException exception) => exception switch
    {
        CommandRefusedException e when e.Error.IsBusy || Says(e.Error, NotNow) => Later("Microsoft Teams is busy.", e, Answer(e.Error)),
        CommandRefusedException e when IsExpired(e) => new SignInRequiredException("Microsoft Teams no longer accepts the tokens.", Answer(e.Error), e),
        CommandRefusedException e => new RefusedException(e.Message, Answer(e.Error), e),
        WrongTenantException e => new WrongIdentityException(e.Message, e),
        WorkerLostException e => Later("The PowerShell worker was lost; whether the command took effect is not known.", e),
        _ => Later(exception.Message, exception),
    };

    private static TransientException Later(string message, TeamsWorkerException inner, RemoteAnswer? answer = null) =>
        new(message, LookAgainAfter, answer, inner);

    private static bool Says(TeamsError error, string[] texts) =>
        texts.Any(t => error.Message.Contains(t, StringComparison.OrdinalIgnoreCase) || error.ErrorId.Contains(t, StringComparison.OrdinalIgnoreCase)
            || error.Inner.Any(inner => inner.Contains(t, StringComparison.OrdinalIgnoreCase)));

    private static RemoteAnswer Answer(TeamsError error) =>
        new(Service, error.ErrorId, error.Category, string.Join('\n', error.Inner.Prepend(error.Message)), error.CorrelationId);
}
