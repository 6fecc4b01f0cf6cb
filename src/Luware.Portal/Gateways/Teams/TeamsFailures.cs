using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Gateways.Teams;

/// <summary>What a failed Teams command means for the one who asked.</summary>
internal static class TeamsFailures
{
    private const string Service = "Microsoft Teams";

    // The module wraps the service's answers in texts; these are the ones that public reports agree on.
    private static readonly string[] NotNow = ["gateway timeout", "gatewaytimeout", "timed out", "temporarily unavailable"];

    private static readonly string[] Expired =
        ["(401)", "401 (unauthorized)", "token has expired", "token is expired", "invalidauthenticationtoken", "you must call the connect-microsoftteams"];

    /// <summary>The connection's tokens are used up: nothing was carried out, and a new connection helps.</summary>
    public static bool IsExpired(CommandRefusedException exception) =>
        exception.Error.Category == "AuthenticationError" || Says(exception.Error, Expired);

    public static GatewayException Translate(TeamsWorkerException exception) => exception switch
    {
        CommandRefusedException e when e.Error.IsBusy || Says(e.Error, NotNow) => new TransientException("Microsoft Teams is busy.", answer: Answer(e.Error), inner: e),
        CommandRefusedException e when IsExpired(e) => new SignInRequiredException("Microsoft Teams no longer accepts the tokens.", Answer(e.Error), e),
        CommandRefusedException e => new RefusedException(e.Message, Answer(e.Error), e),
        WrongTenantException e => new WrongIdentityException(e.Message, e),
        WorkerLostException e => new TransientException("The PowerShell worker was lost; whether the command took effect is not known.", inner: e),
        _ => new TransientException(exception.Message, inner: exception),
    };

    private static bool Says(TeamsError error, string[] texts) =>
        texts.Any(t => error.Message.Contains(t, StringComparison.OrdinalIgnoreCase) || error.ErrorId.Contains(t, StringComparison.OrdinalIgnoreCase)
            || error.Inner.Any(inner => inner.Contains(t, StringComparison.OrdinalIgnoreCase)));

    private static RemoteAnswer Answer(TeamsError error) =>
        new(Service, error.ErrorId, error.Category, string.Join('\n', error.Inner.Prepend(error.Message)), error.CorrelationId);
}
