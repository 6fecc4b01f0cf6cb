using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Luware.Portal.Gateways;
using Luware.Portal.Gateways.Graph;
using Luware.Portal.Settings;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Doubles;

/// <summary>A Graph that returns a test's answers in order, behind the real SDK and retry rule.</summary>
internal sealed class ScriptedGraph : HttpMessageHandler, IHttpClientFactory
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = new();

    public static readonly Uri Address = new("https://graph.test/v1.0");

    public FakeTokens Tokens { get; } = new();

    public GraphSettings Settings { get; } = new() { BaseAddress = Address.AbsoluteUri, Retries = 2, LongestWait = TimeSpan.FromSeconds(1) };

    public LogBook Log { get; } = new();

    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>Accepts requests after the script's end and never answers them.</summary>
    public bool IsSilent { get; set; }

    public GraphDirectory Directory => new(Tokens, this, Options.Create(Settings));

    public ScriptedGraph Answers(HttpStatusCode status, string json = "{}", string? retryAfter = null) => Answers(request =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        response.Headers.Add("request-id", "11111111-2222-3333-4444-555555555555");
        if (request.Headers.TryGetValues("return-client-request-id", out _))
            response.Headers.Add("client-request-id", request.Headers.GetValues("client-request-id"));
        return response;
    });

    /// <summary>Requires more proof than the token has.</summary>
    public ScriptedGraph Wants(HttpStatusCode status, string claims) => Answers(_ =>
    {
        var error = Error("InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge.");
        var response = new HttpResponseMessage(status) { Content = new StringContent(error, Encoding.UTF8, "application/json") };
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(claims));
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{encoded}\"");
        return response;
    });

    public ScriptedGraph Answers(Func<HttpRequestMessage, HttpResponseMessage> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public HttpClient CreateClient(string name) =>
        new(
            new Patience(Settings, TimeProvider.System)
            {
                InnerHandler = new CorrelatedCalls(CallHeaders.Graph, Log.For<CorrelatedCalls>()) { InnerHandler = this },
            },
            disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    public static string Error(string code, string message) =>
        $$"""
        { "error": { "code": "{{code}}", "message": "{{message}}",
          "innerError": { "date": "2026-11-22T10:00:00", "request-id": "94fb3b52-452a-4535-a601-69e0a90e3aa2" } } }
        """;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        if (IsSilent && _answers.IsEmpty)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return _answers.TryDequeue(out var answer)
            ? answer(request)
            : throw new InvalidOperationException($"No answer is left for {request.RequestUri}.");
    }
}
