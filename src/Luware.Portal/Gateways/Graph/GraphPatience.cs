using System.Globalization;
using System.Net;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Limits each attempt in time and repeats what Graph asks to repeat. Reads alone: whether a write took effect, a reading must tell first.</summary>
internal sealed class GraphPatience : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _reads;
    private readonly ResiliencePipeline<HttpResponseMessage> _writes;

    public GraphPatience(IOptions<GraphSettings> options, TimeProvider time)
    {
        var settings = options.Value;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        if (settings.Retries > 0)
            builder.AddRetry(Retry(settings, time));
        _reads = builder.AddTimeout(settings.AttemptTimeout).Build();
        _writes = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddTimeout(settings.AttemptTimeout).Build();
    }

    /// <summary>Seconds may have a fraction, which .NET's own header type does not read; a date is allowed, too.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        if (!response.Headers.TryGetValues("Retry-After", out var values))
            return null;
        var text = values.First();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= TimeSpan.FromDays(1).TotalSeconds)
            return TimeSpan.FromSeconds(seconds);
        var date = response.Headers.RetryAfter?.Date - time.GetUtcNow();
        return date > TimeSpan.Zero ? date : null;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (request.Method == HttpMethod.Get ? _reads : _writes).ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken).AsTask();

    private static RetryStrategyOptions<HttpResponseMessage> Retry(GraphSettings settings, TimeProvider time) => new()
    {
        MaxRetryAttempts = settings.Retries,
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromSeconds(1),
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException or TimeoutRejectedException } => true,
            { Result: { } response } => IsBusy(response.StatusCode) && !(RetryAfter(response, time) > settings.LongestWait),
            _ => false,
        }),
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? RetryAfter(response, time) : null),
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
