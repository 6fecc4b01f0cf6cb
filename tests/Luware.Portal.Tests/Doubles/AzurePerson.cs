using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways;
using Luware.Portal.Gateways.Azure;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Settings;
using Luware.Portal.Tests.Sandbox;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Doubles;

/// <summary>A signed-in person of a world who uses the real Azure gateway, with tokens acquired by the real MSAL.</summary>
internal sealed class AzurePerson : ITokens, IHttpClientFactory, IDisposable
{
    private readonly MsalPerson _person;
    private readonly List<HttpClient> _clients = [];

    private AzurePerson(MsalPerson person)
    {
        _person = person;
        Settings.ResourceManager = person.World.AzureAddress.AbsoluteUri;
        Settings.BlobSuffixes.Add(LoopbackHandler.BlobDomain);
        var azure = Options.Create(Settings);
        Storage = new AzureStorage(new ArmClient(this, this, azure), new BlobProbe(this, this, azure, TimeProvider.System), azure);
        Access = new TenantAccess(person.Tenant.Id, person.Person.Id, "account", "session");
    }

    public AzureSettings Settings { get; } = new() { Retries = 1, LongestWait = TimeSpan.FromMilliseconds(100) };

    public IAzureStorage Storage { get; }

    public TenantAccess Access { get; }

    private Dictionary<TokenPurpose, string> Tokens { get; } = [];

    public static async Task<AzurePerson> SignInAsync(SandboxWorld world, string userPrincipalName)
    {
        var (tenant, person) = world.Tenants.FindPerson(userPrincipalName)!.Value;
        var msal = new MsalPerson(world, person, tenant);
        string azure = "https://management.azure.com/user_impersonation", blobs = "https://storage.azure.com/user_impersonation";
        var result = await msal.SignInAsync([azure, blobs], [azure]);
        var signedIn = new AzurePerson(msal);
        signedIn.Tokens[TokenPurpose.Azure] = result.AccessToken;
        signedIn.Tokens[TokenPurpose.Blobs] = (await msal.SilentAsync(result.Account, force: false, blobs)).AccessToken;
        return signedIn;
    }

    public Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken) =>
        Task.FromResult(new EntraToken(Tokens[purpose], []));

    public Task<EntraToken> ReplaceAsync(TenantAccess access, TokenPurpose purpose, string? claims, CancellationToken cancellationToken) =>
        GetAsync(access, purpose, fresh: true, cancellationToken);

    public Task<GatewayException> WantAsync(TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, CancellationToken cancellationToken) =>
        Task.FromResult<GatewayException>(wanted);

    public Task<EntraRoles> ReadRolesAsync(TenantAccess access, CancellationToken cancellationToken) => Task.FromResult(new EntraRoles([], []));

    public HttpClient CreateClient(string name)
    {
        HttpMessageHandler sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        var client = new HttpClient(name == BackChannels.Blobs
            ? new LoopbackHandler(_person.World.Address) { InnerHandler = sockets }
            : new Patience(Settings, TimeProvider.System) { InnerHandler = sockets });
        _clients.Add(client);
        return client;
    }

    public void Dispose()
    {
        _clients.ForEach(c => c.Dispose());
        _person.Dispose();
    }
}
