using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways;
using Luware.Portal.Gateways.Azure;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Doubles;

/// <summary>An Azure that returns a test's answers in order, behind the real gateway, SDK and retry rule.</summary>
internal sealed class ScriptedAzure : HttpMessageHandler, IHttpClientFactory
{
    private readonly ConcurrentQueue<Func<HttpResponseMessage>> _answers = new();

    public ScriptedAzure()
    {
        Settings.BlobSuffixes.Add("blob.core.windows.net");
        var azure = Options.Create(Settings);
        Storage = new AzureStorage(new ArmClient(Tokens, this, azure), new BlobProbe(Tokens, this, azure, TimeProvider.System), azure);
    }

    public FakeTokens Tokens { get; } = new();

    public AzureSettings Settings { get; } = new() { ResourceManager = "https://arm.test", Retries = 2, LongestWait = TimeSpan.FromSeconds(1) };

    public IAzureStorage Storage { get; }

    /// <summary>Answers requests after the script's end.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage> Afterwards { get; set; } =
        request => throw new InvalidOperationException($"No answer is left for {request.RequestUri}.");

    /// <summary>Accepts requests after the script's end and never answers them.</summary>
    public bool IsSilent { get; set; }

    public ConcurrentQueue<(HttpMethod Method, Uri Address, string? Authorization)> Requests { get; } = new();

    public ConcurrentQueue<string> ClientRequestIds { get; } = new();

    public ScriptedAzure Answers(HttpStatusCode status, string body = "{}", string? retryAfter = null) => Answers(() =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        response.Headers.Add("x-ms-correlation-request-id", "the-correlation");
        return response;
    });

    public ScriptedAzure Answers(Func<HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    /// <summary>Requires more proof than the token has.</summary>
    public ScriptedAzure Wants(HttpStatusCode status, string claims) => Answers(() => Wanting(status, Convert.ToBase64String(Encoding.UTF8.GetBytes(claims))));

    public static HttpResponseMessage Wanting(HttpStatusCode status, string encodedClaims)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(Error("RequestDisallowedByPolicy"), Encoding.UTF8, "application/json") };
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{encodedClaims}\"");
        return response;
    }

    public static string Error(string code) => $$"""{ "error": { "code": "{{code}}", "message": "No." } }""";

    public HttpClient CreateClient(string name) => name == BackChannels.Blobs
        ? new(Correlated(CallHeaders.Storage), disposeHandler: false)
        : new(new Patience(Settings, TimeProvider.System) { InnerHandler = Correlated(CallHeaders.ResourceManager) }, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue((request.Method, request.RequestUri!, request.Headers.Authorization?.ToString()));
        var ours = request.Headers.GetValues("x-ms-client-request-id").Single();
        ClientRequestIds.Enqueue(ours);
        if (IsSilent && _answers.IsEmpty)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        var response = _answers.TryDequeue(out var answer) ? answer() : Afterwards(request);
        response.Headers.Add("x-ms-client-request-id", ours);
        return response;
    }

    private CorrelatedCalls Correlated(CallHeaders headers) => new(headers, NullLogger<CorrelatedCalls>.Instance) { InnerHandler = this };
}
