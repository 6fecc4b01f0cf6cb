using System.Net;
using Luware.Portal.Settings;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Luware.Portal.Gateways;

/// <summary>
/// Limits each attempt in time, up to the end of its answer, and retries when a service asks for it. Retries reads only: after a write, a reading must first
/// tell whether it took effect.
/// </summary>
internal sealed class Patience : DelegatingHandler
{
    /// <summary>The largest answer that is read, in bytes. A page of Graph with a thousand groups is below one megabyte.</summary>
    internal const int LongestAnswer = 16 * 1024 * 1024;

    private readonly ResiliencePipeline<HttpResponseMessage> _reads;
    private readonly ResiliencePipeline<HttpResponseMessage> _writes;

    public Patience(PatienceSettings settings, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (settings.Retries > 0)
            builder.AddRetry(Retry(settings, time));
        _reads = builder.AddTimeout(settings.AttemptTimeout).Build();
        _writes = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddTimeout(settings.AttemptTimeout).Build();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (request.Method == HttpMethod.Get ? _reads : _writes).ExecuteAsync(async token => await SendWholeAsync(request, token), cancellationToken).AsTask();

    /// <summary>Reads the whole answer within the limit: a service that sends headers and then nothing counts as silent.</summary>
    private async Task<HttpResponseMessage> SendWholeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static RetryStrategyOptions<HttpResponseMessage> Retry(PatienceSettings settings, TimeProvider time) => new()
    {
        MaxRetryAttempts = settings.Retries,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromSeconds(1),
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } or TimeoutRejectedException } => true,
            { Result: { } response } => IsBusy(response.StatusCode) && !(RetryAfter.Of(response, time) > settings.LongestWait),
            _ => false,
        }),
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? RetryAfter.Of(response, time) : null),
        OnRetry = arguments =>
        {
            arguments.Outcome.Result?.Dispose();
            return ValueTask.CompletedTask;
        },
    };

    private static bool IsBusy(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
