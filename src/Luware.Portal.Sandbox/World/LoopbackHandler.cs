using Luware.Portal.Sandbox.Azure;

namespace Luware.Portal.Sandbox.World;

/// <summary>Redirects requests for real hosts to a sandbox on loopback: Entra's, which MSAL requires, and the blob hosts, one per account.</summary>
public sealed class LoopbackHandler(Uri world) : DelegatingHandler
{
    public const string EntraHost = "login.microsoftonline.com";
    public const string BlobDomain = "blob.core.windows.net";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { Host: EntraHost } entra)
            request.RequestUri = new Uri(world, entra.PathAndQuery);
        else if (request.RequestUri is { } blobs && blobs.Host.EndsWith($".{BlobDomain}", StringComparison.OrdinalIgnoreCase))
            request.RequestUri = new Uri(world, $"{BlobFront.BasePath}/{blobs.Host.Split('.')[0]}{blobs.PathAndQuery}");
        return base.SendAsync(request, cancellationToken);
    }
}
