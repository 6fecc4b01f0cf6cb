using System.Security.Cryptography;
using System.Text;
using Luware.Portal.Sandbox.World;
using Luware.Portal.SignIn;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.Tokens;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>A signed-in person who uses the real MSAL as a confidential client of a sandbox.</summary>
internal sealed class MsalPerson : IMsalHttpClientFactory, IDisposable
{
    public static readonly Uri PortalAddress = new("https://portal.test");
    public const string TeamsScope = "48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation";

    private readonly HttpClient _client;

    public MsalPerson(SandboxWorld world, Person person, SandboxTenant tenant)
    {
        world.Applications.AnnouncePortal(PortalAddress);
        (World, Person, Tenant) = (world, person, tenant);
        _client = world.CreateEntraClient();
        Application = ConfidentialClientApplicationBuilder.Create(Applications.PortalClientId.ToString())
            .WithClientSecret(Applications.PortalSecret)
            .WithAuthority("https://login.microsoftonline.com/organizations")
            .WithRedirectUri(new Uri(PortalAddress, SignInPaths.Callback).AbsoluteUri)
            .WithHttpClientFactory(this)
            .Build();
    }

    public SandboxWorld World { get; }
    public Person Person { get; }
    public SandboxTenant Tenant { get; }
    public IConfidentialClientApplication Application { get; }
    public SandboxBrowser Browser { get; } = new();

    public HttpClient GetHttpClient() => _client;

    /// <summary>Authorization code flow with PKCE: fills in the forms of the authorize page; MSAL redeems the code.</summary>
    /// <param name="authorize">Scopes of the authorization request.</param>
    /// <param name="redeem">Scopes for which the code is redeemed, of one resource.</param>
    public async Task<AuthenticationResult> SignInAsync(IEnumerable<string> authorize, IEnumerable<string> redeem)
    {
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        var back = await Browser.SignInAsync(AuthorizeAddress(authorize, verifier), Person);
        back["code"].ShouldNotBeNull(back.Text);
        back["state"].ShouldBe("the-state");
        return await Application.AcquireTokenByAuthorizationCode(redeem, back["code"]).WithPkceCodeVerifier(verifier).ExecuteAsync();
    }

    public Task<AuthenticationResult> SignInAsync(params string[] scopes) => SignInAsync(scopes, scopes);

    /// <summary>A token from the cache or by refresh token, at the tenant's own authority.</summary>
    public async Task<AuthenticationResult> SilentAsync(IAccount account, bool force, params string[] scopes) =>
        await Application.AcquireTokenSilent(scopes, account).WithTenantId(Tenant.Id.ToString()).WithForceRefresh(force).ExecuteAsync();

    public Uri AuthorizeAddress(IEnumerable<string> scopes, string verifier, string more = "")
    {
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var scope = Uri.EscapeDataString(string.Join(' ', ["openid", "profile", "offline_access", .. scopes]));
        return new Uri(World.Address, $"/organizations/oauth2/v2.0/authorize?client_id={Applications.PortalClientId}&response_type=code&response_mode=query"
            + $"&redirect_uri={Uri.EscapeDataString(new Uri(PortalAddress, SignInPaths.Callback).AbsoluteUri)}&scope={scope}&state=the-state&nonce=the-nonce"
            + $"&code_challenge={challenge}&code_challenge_method=S256{more}");
    }

    public void Dispose()
    {
        Browser.Dispose();
        _client.Dispose();
    }
}
