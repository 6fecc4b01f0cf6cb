using System.Diagnostics;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Gateways;

/// <summary>Sends the portal's correlation id with a request and records the service's own id: in the trace, and in the log within the run's scope.</summary>
/// <remarks>Records only ids and a status, because an address may name a person.</remarks>
internal sealed partial class CorrelatedCalls(CallHeaders headers, ILogger<CorrelatedCalls> logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Already set on retries, and by SDKs that set it themselves.
        if (!request.Headers.Contains(headers.Ours))
            request.Headers.Add(headers.Ours, Correlation.OfNextCall().ToString());
        if (!request.Headers.Contains(headers.Echo))
            request.Headers.Add(headers.Echo, "true");
        var response = await base.SendAsync(request, cancellationToken);
        Note(request.Headers.GetValues(headers.Ours).First(), response.Headers.TryGetValues(headers.Theirs, out var theirs) ? theirs.First() : "none",
            response);
        return response;
    }

    private void Note(string ours, string theirs, HttpResponseMessage response)
    {
        Activity.Current?.AddEvent(new ActivityEvent("answer", tags: new ActivityTagsCollection
        {
            ["service"] = headers.Service, ["status"] = (int)response.StatusCode, ["client_request_id"] = ours, ["request_id"] = theirs,
        }));
        Log.Answered(logger, response.IsSuccessStatusCode ? LogLevel.Debug : LogLevel.Information, headers.Service, (int)response.StatusCode, theirs, ours);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3050, Message = "{Service} answered {Status}: its request id {RequestId}, our client request id {ClientRequestId}")]
        public static partial void Answered(ILogger logger, LogLevel level, string service, int status, string requestId, string clientRequestId);
    }
}
