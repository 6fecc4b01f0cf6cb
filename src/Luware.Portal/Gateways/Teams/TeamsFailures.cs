using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Gateways.Teams;

/// <summary>What a failed Teams command means for the one who asked.</summary>
internal static class TeamsFailures
{
    private const string Service = "Microsoft Teams";

    /// <summary>
    /// Teams' commands were tried several times with growing pauses before they fail so. It is longer than any pause after which the
    /// engine asks again by itself: else each of its quick tries would repeat all of those.
    /// </summary>
    internal static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    // The module wraps the service's answers in texts; these are the ones that public reports agree on.
    private static readonly string[] NotNow = ["gateway timeout", "gatewaytimeout", "timed out", "temporarily unavailable"];

    private static readonly string[] Expired =
        ["(401)", "401 (unauthorized)", "token has expired", "token is expired", "invalidauthenticationtoken", "you must call the connect-microsoftteams"];

    /// <summary>The connection's tokens are used up, and a new connection helps. Some commands send several requests: what one of them was for may have been done.</summary>
    public static bool IsExpired(CommandRefusedException exception) =>
        exception.Error.Category == "AuthenticationError" || Says(exception.Error, Expired);

    /// <summary>A write that met used-up tokens: whether it took effect, a reading with new ones must tell before anything else does.</summary>
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

    private static TransientException Later(string message, TeamsWorkerException inner, RemoteAnswer? answer = null) => new(message, LookAgainAfter, answer, inner);

    private static bool Says(TeamsError error, string[] texts) =>
        texts.Any(t => error.Message.Contains(t, StringComparison.OrdinalIgnoreCase) || error.ErrorId.Contains(t, StringComparison.OrdinalIgnoreCase)
            || error.Inner.Any(inner => inner.Contains(t, StringComparison.OrdinalIgnoreCase)));

    private static RemoteAnswer Answer(TeamsError error) =>
        new(Service, error.ErrorId, error.Category, string.Join('\n', error.Inner.Prepend(error.Message)), error.CorrelationId);
}
