using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>
/// The discovery metadata: the browser's endpoints are on loopback, the back channel's on Entra's real host (see <see cref="LoopbackHandler"/>).
/// </summary>
public static class MetadataEndpoints
{
    private const string TrueHost = "https://" + LoopbackHandler.EntraHost;

    public static void MapMetadata(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", Configuration);
        routes.MapGet("/{tenant}/discovery/v2.0/keys", () => new JsonObject { ["keys"] = new JsonArray(TokenIssuer.PublicKey) });
        routes.MapGet("/{tenant}/discovery/instance", Instance);
    }

    private static IResult Configuration(string tenant, HttpRequest request, SandboxTenants tenants)
    {
        var found = tenants.Find(tenant);
        if (found is null && !Authority.IsMultiTenant(tenant))
            return Results.Json(EntraError.TenantNotFound(tenant).ToJson(DateTimeOffset.UtcNow), statusCode: StatusCodes.Status400BadRequest);

        var browser = $"{request.Scheme}://{request.Host}/{tenant}/oauth2/v2.0";
        return Results.Json(new JsonObject
        {
            ["issuer"] = $"{TrueHost}/{found?.Id.ToString() ?? "{tenantid}"}/v2.0",
            ["authorization_endpoint"] = $"{browser}/authorize",
            ["end_session_endpoint"] = $"{browser}/logout",
            ["token_endpoint"] = $"{TrueHost}/{tenant}/oauth2/v2.0/token",
            ["jwks_uri"] = $"{TrueHost}/{tenant}/discovery/v2.0/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["response_modes_supported"] = new JsonArray("query", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "client_secret_basic"),
        });
    }

    private static JsonObject Instance(string tenant) => new()
    {
        ["tenant_discovery_endpoint"] = $"{TrueHost}/{tenant}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = LoopbackHandler.EntraHost,
            ["preferred_cache"] = "login.windows.net",
            ["aliases"] = new JsonArray(LoopbackHandler.EntraHost, "login.windows.net", "login.microsoft.com", "sts.windows.net"),
        }),
    };
}
