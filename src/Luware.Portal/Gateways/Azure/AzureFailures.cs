using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml;
using Azure;
using Luware.Onboarding.Gateways;
using Microsoft.Net.Http.Headers;
using Polly.Timeout;

namespace Luware.Portal.Gateways.Azure;

/// <summary>Translates failed requests to Azure for the engine.</summary>
internal static class AzureFailures
{
    public static string ManagerService => CallHeaders.ResourceManager.Service;

    public static string StorageService => CallHeaders.Storage.Service;

    /// <summary>True if the resource does not exist. A subscription that the person cannot see is also reported as missing, but with another code.</summary>
    public static bool IsMissingResource(RemoteAnswer answer) => answer is { Category: "404", Code: not "SubscriptionNotFound" };

    /// <summary>True for the answer of an account without blobs, which holds files only.</summary>
    public static bool IsWithoutBlobs(RemoteAnswer answer) => answer is { Category: "400", Code: "FeatureNotSupportedForAccount" };

    public static bool IsUnreachable(Exception exception) => exception is HttpRequestException or IOException or TimeoutRejectedException;

    public static GatewayException Of(HttpResponseMessage response, JsonElement body)
    {
        var error = body.Find("error");
        var answer = new RemoteAnswer(
            ManagerService, error.Text("code") ?? "unknown", ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture),
            error.Text("message") ?? response.ReasonPhrase ?? "",
            Header(response, CallHeaders.ResourceManager.Theirs) ?? Header(response, CallHeaders.Storage.Theirs))
        {
            ClientRequestId = Header(response, CallHeaders.ResourceManager.Ours),
        };
        if (ClaimsChallenge.Of(
            (int)response.StatusCode, response.Headers.TryGetValues(HeaderNames.WWWAuthenticate, out var challenges) ? challenges : null) is { } claims)
            return ClaimsChallenge.ToRefusal(claims, answer);
        return response.StatusCode switch
        {
            // The token is valid but not for this subscription, so another sign-in would change nothing.
            HttpStatusCode.Unauthorized when answer.Code != "InvalidAuthenticationTokenTenant" =>
                new SignInRequiredException("Azure no longer accepts the token.", answer),
            var status when IsPassing(status, answer.Code) =>
                new TransientException("Azure is busy.", RetryAfter.Of(response, TimeProvider.System), answer),
            _ => new RefusedException($"Azure refused: {(int)response.StatusCode}.", answer),
        };
    }

    /// <summary>The Blob SDK cancels an attempt that takes too long; where it does not retry, the cancellation reaches the caller.</summary>
    public static bool Concerns(Exception exception) =>
        exception is RequestFailedException or AggregateException or OperationCanceledException or JsonException or XmlException || IsUnreachable(exception);

    /// <summary>Translates exceptions of the Blob SDK; retries arrive as one AggregateException.</summary>
    public static GatewayException Translate(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Translate(last),
        RequestFailedException { Status: > 0 } e => Answered(e),
        // An unparseable body comes from a proxy in between, not from Azure.
        JsonException or XmlException => new TransientException("Azure Storage gave an answer that cannot be read.", inner: exception),
        _ => new RefusedException(
            "The blobs cannot be reached.", new RemoteAnswer(StorageService, StorageFailureCodes.NotReachable, "", exception.Message, null), exception),
    };

    private static GatewayException Answered(RequestFailedException e)
    {
        var answer = new RemoteAnswer(
            StorageService, e.ErrorCode ?? "unknown", e.Status.ToString(CultureInfo.InvariantCulture), FirstLine(e.Message),
            Header(e.GetRawResponse(), CallHeaders.Storage.Theirs))
        {
            ClientRequestId = Header(e.GetRawResponse(), CallHeaders.Storage.Ours),
        };
        if (ClaimsChallenge.Of(
            e.Status, e.GetRawResponse()?.Headers.TryGetValues(HeaderNames.WWWAuthenticate, out var challenges) == true ? challenges : null) is { } claims)
            return ClaimsChallenge.ToRefusal(claims, answer, e);
        return e.Status switch
        {
            (int)HttpStatusCode.Unauthorized => new SignInRequiredException("Azure Storage no longer accepts the token.", answer, e),
            var status when IsPassing((HttpStatusCode)status, answer.Code) =>
                new TransientException(
                    "Azure Storage is busy.", RetryAfter.Parse(Header(e.GetRawResponse(), "Retry-After"), TimeProvider.System.GetUtcNow()), answer, e),
            // A container created a moment ago is not known everywhere yet.
            (int)HttpStatusCode.NotFound => new TransientException("Azure Storage does not know the container.", answer: answer, inner: e),
            _ => new RefusedException($"Azure Storage refused: {e.Status}.", answer, e),
        };
    }

    /// <summary>True for what ends by itself. Other conflicts, such as a lock, stay until somebody ends them.</summary>
    private static bool IsPassing(HttpStatusCode status, string code) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError
        || (status == HttpStatusCode.Conflict && code is "ContainerBeingDeleted" or "StorageAccountOperationInProgress" or "AnotherOperationInProgress");

    /// <summary>Keeps the first line of the SDK's message, which is followed by every header of the answer.</summary>
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string? Header(Response? response, string name) => response?.Headers.TryGetValue(name, out var value) == true ? value : null;
}
