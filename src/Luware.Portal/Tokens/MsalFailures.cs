using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways;
using Microsoft.Identity.Client;

namespace Luware.Portal.Tokens;

/// <summary>Translates failed token requests for the engine.</summary>
internal static class MsalFailures
{
    private const string NotConsented = "AADSTS65001";

    /// <summary>
    /// Entra's code for too many equal requests within five minutes. It arrives in the form of a request to sign in, which would change nothing.
    /// </summary>
    private const string AskedTooOften = "AADSTS50196";

    public static bool Concerns(Exception exception) => exception is MsalException or HttpRequestException or TaskCanceledException;

    /// <summary>The code with which Entra refuses the portal itself, for example its client secret; null if it is not the portal that was refused.</summary>
    public static string? OfPortal(Exception? exception) =>
        exception is MsalServiceException { ErrorCode: MsalError.InvalidClient } e ? EntraAnswer.Code(e.Message) : null;

    /// <param name="claims">The proof that a service requires of the token; the sign-in repeats it if Entra names nothing itself.</param>
    public static GatewayException Translate(Exception exception, IReadOnlyList<string> scopes, string? claims = null) => exception switch
    {
        MsalUiRequiredException e when EntraAnswer.Code(e.Message) == AskedTooOften =>
            new TransientException("Entra was asked too often.", answer: Answer(e), inner: e),
        MsalUiRequiredException e when IsConsentMissing(e) => new ScopesMissingException(scopes, Answer(e), e),
        // Entra names no proof that a new sign-in could give, so asking for one would fail in the same way.
        MsalUiRequiredException { Claims: null or "" } e when ErrorCatalogue.IsConditionalAccess(Answer(e)) =>
            new RefusedException("Conditional Access refused a token.", Answer(e), e),
        MsalUiRequiredException e =>
            new SignInRequiredException("Entra wants the person to sign in again.", Answer(e), e) { Claims = e.Claims is { Length: > 0 } own ? own : claims },
        MsalServiceException e when e.IsRetryable => new TransientException("Entra is busy or does not answer.", RetryAfterOf(e), Answer(e), e),
        MsalServiceException e => new RefusedException("Entra refused a token.", Answer(e), e),
        MsalException e => new TransientException("No token could be had from Entra.", answer: Answer(e), inner: e),
        _ => new TransientException("Entra could not be reached.", inner: exception),
    };

    private static bool IsConsentMissing(MsalUiRequiredException e) =>
        e.Classification == UiRequiredExceptionClassification.ConsentRequired || EntraAnswer.Code(e.Message) == NotConsented;

    private static TimeSpan? RetryAfterOf(MsalServiceException e) =>
        e.Headers?.TryGetValues("Retry-After", out var values) == true ? RetryAfter.Parse(values.First(), TimeProvider.System.GetUtcNow()) : null;

    private static RemoteAnswer Answer(MsalException e)
    {
        var service = e as MsalServiceException;
        var code = EntraAnswer.Code(e.Message);
        return new RemoteAnswer(
            EntraAnswer.Service, code.Length > 0 ? code : e.ErrorCode, (service?.StatusCode ?? 0).ToString(CultureInfo.InvariantCulture), e.Message,
            service?.CorrelationId);
    }
}
