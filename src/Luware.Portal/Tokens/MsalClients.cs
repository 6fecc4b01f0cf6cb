using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Client;

namespace Luware.Portal.Tokens;

/// <summary>Creates MSAL's client for one request: its cache belongs to a session, so it is never shared.</summary>
internal sealed class MsalClients(
    IOptions<EntraSettings> entra, IOptions<PortalSettings> portal, EntraAddresses addresses, IMsalHttpClientFactory http)
{
    public IConfidentialClientApplication Create(string tenant, TokenCacheBuffer buffer)
    {
        // No client capability is declared: with cp1 Entra issues tokens of 24 hours, and the Teams module refuses a pair whose expiry times differ by more
        // than 5,400 seconds.
        var client = ConfidentialClientApplicationBuilder.Create(entra.Value.ClientId)
            .WithClientSecret(entra.Value.ClientSecret)
            .WithAuthority(addresses.TokenAuthority(tenant))
            .WithRedirectUri(portal.Value.At(SignInPaths.Callback).ToString())
            .WithHttpClientFactory(http)
            .WithLegacyCacheCompatibility(false)
            .Build();
        buffer.AttachTo(client.UserTokenCache);
        return client;
    }
}

/// <summary>Makes MSAL use the named client of all requests to Entra.</summary>
internal sealed class MsalHttpClientFactory(IHttpClientFactory clients) : IMsalHttpClientFactory
{
    public HttpClient GetHttpClient() => clients.CreateClient(BackChannels.Entra);
}
