using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.World;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>An administrator of the sandbox, with tokens and a connection to Teams that needs no worker.</summary>
internal sealed class Customer(SandboxWorld world)
{
    private readonly TokenIssuer _issuer = new(TimeProvider.System, world.Faults, world.Tenants);
    private readonly Identity _administrator = new(world.Tenants.Contoso, world.Tenants.Contoso.People[0].Id);

    public Guid TenantId => _administrator.Tenant.Id;

    public TeamsTokens Tokens() => new(Token(Apis.Graph, "User.Read"), Token(Apis.Teams, "user_impersonation"));

    public async Task<HttpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new HttpClient { BaseAddress = world.Address };
        var tokens = Tokens();
        using var answer = await client.PostAsJsonAsync(
            "/teams/connect", new { tenantId = TenantId, graphToken = tokens.Graph, teamsToken = tokens.TeamsAdmin }, cancellationToken);
        var session = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        client.DefaultRequestHeaders.Add("X-Teams-Session", (string?)session!["session"]);
        return client;
    }

    private string Token(ApiResource resource, string scope) => _issuer.AccessToken(_administrator, Applications.PortalClientId, resource, [scope]);
}
