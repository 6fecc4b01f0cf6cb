using System.Globalization;
using System.Net;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Net.Http.Headers;
using Polly.Timeout;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Translates failed requests to Graph for the engine.</summary>
internal static class GraphFailures
{
    public static string Service => CallHeaders.Graph.Service;

    public static bool IsNotFound(Exception exception) => exception is ApiException { ResponseStatusCode: (int)HttpStatusCode.NotFound };

    public static bool Concerns(Exception exception) =>
        exception is ApiException or HttpRequestException or TimeoutRejectedException or IOException or JsonException;

    public static GatewayException Translate(Exception exception) => exception switch
    {
        ApiException e => Answered(e),
        JsonException => new TransientException("Microsoft Graph gave an answer that cannot be read.", inner: exception),
        _ => new TransientException("Microsoft Graph could not be reached.", inner: exception),
    };

    private static GatewayException Answered(ApiException e) =>
        ClaimsChallenge.Of(e.ResponseStatusCode, Headers(e, HeaderNames.WWWAuthenticate)) is { } claims
            ? ClaimsChallenge.ToRefusal(claims, Answer(e), e) : Refused(e);

    // Without the permissions there would be no token, so a 403 concerns the person's role.
    private static GatewayException Refused(ApiException e) => e.ResponseStatusCode switch
    {
        (int)HttpStatusCode.Unauthorized => new SignInRequiredException("Microsoft Graph no longer accepts the token.", Answer(e), e),
        (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.RequestTimeout or >= 500 =>
            new TransientException("Microsoft Graph is busy.", RetryAfter.Parse(Header(e, "Retry-After"), TimeProvider.System.GetUtcNow()), Answer(e), e),
        // Kiota throws without a status if an answer of 200 is not JSON.
        0 => new TransientException("Microsoft Graph gave an answer that cannot be read.", answer: Answer(e), inner: e),
        _ => new RefusedException($"Microsoft Graph refused: {e.ResponseStatusCode}.", Answer(e), e),
    };

    private static RemoteAnswer Answer(ApiException e)
    {
        var error = (e as ODataError)?.Error;
        return new RemoteAnswer(
            Service, error?.Code ?? "unknown", e.ResponseStatusCode.ToString(CultureInfo.InvariantCulture), error?.Message ?? e.Message,
            error?.InnerError?.RequestId ?? Header(e, CallHeaders.Graph.Theirs))
        {
            ClientRequestId = Header(e, CallHeaders.Graph.Ours),
        };
    }

    private static string? Header(ApiException e, string name) => Headers(e, name)?.FirstOrDefault();

    private static IEnumerable<string>? Headers(ApiException e, string name) =>
        e.ResponseHeaders?.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
}
