namespace Luware.Portal.Sandbox.World;

/// <summary>Leads requests for Entra's true host, which MSAL insists on, to a sandbox on loopback.</summary>
public sealed class LoopbackHandler(Uri world) : DelegatingHandler
{
    public const string EntraHost = "login.microsoftonline.com";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { Host: EntraHost } uri)
            request.RequestUri = new Uri(world, uri.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
