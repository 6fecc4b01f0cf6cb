using Luware.Portal.Gateways;
using Luware.Portal.Gateways.Graph;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Doubles;

/// <summary>A Graph that accepts a request and never answers.</summary>
internal sealed class SilentGraph(ScriptedGraph like) : HttpMessageHandler, IHttpClientFactory
{
    public GraphDirectory Directory => new(like.Tokens, this, Options.Create(like.Settings));

    public HttpClient CreateClient(string name) =>
        new(new Patience(like.Settings, TimeProvider.System) { InnerHandler = this }, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Never reached.");
    }
}
