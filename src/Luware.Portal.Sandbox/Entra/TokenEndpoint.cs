using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;
using Microsoft.IdentityModel.Tokens;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Redeems authorization codes and refresh tokens: one resource per token, and only consented scopes.</summary>
public sealed class TokenEndpoint(
    SandboxTenants tenants, Applications applications, SignIns signIns, TokenIssuer issuer, SandboxFaults faults, TimeProvider time)
{
    public async Task<IResult> PostAsync(string tenant, HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return Results.Json(Redeem(Authority.Of(tenant, tenants), new TokenRequest(form, request.Headers.Authorization)));
        }
        catch (EntraException refusal)
        {
            var status = refusal.Error.Error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
            return Results.Json(refusal.Error.ToJson(time.GetUtcNow()), statusCode: status);
        }
    }

    private JsonObject Redeem(Authority authority, TokenRequest request)
    {
        var client = Authenticate(request);
        return request["grant_type"] switch
        {
            "authorization_code" => RedeemCode(authority, client, request),
            "refresh_token" => RedeemRefreshToken(authority, client, request),
            var other => throw new EntraException(new EntraError("unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{other}'.")),
        };
    }

    private RegisteredApplication Authenticate(TokenRequest request)
    {
        var client = applications.Find(request.ClientId) ?? throw new EntraException(EntraError.ApplicationNotFound(request.ClientId));
        if (client.Secret is null || request.ClientSecret != client.Secret)
            throw new EntraException(EntraError.BadClient(7000215, $"Invalid client secret provided for app '{client.ClientId}'."));
        return client;
    }

    private JsonObject RedeemCode(Authority authority, RegisteredApplication client, TokenRequest request)
    {
        var code = signIns.Redeem(request["code"]);
        if (code.ClientId != client.ClientId || code.RedirectUri != request["redirect_uri"])
            throw new EntraException(
                EntraError.BadGrant(500112, "The reply address does not match the reply address provided when requesting authorization code."));
        if (Challenge(request["code_verifier"]) != code.Challenge)
            throw new EntraException(EntraError.BadGrant(501481, "The Code_Verifier does not match the code_challenge supplied in the authorization request."));

        var scopes = request["scope"] is { } text ? new Scopes(text) : code.Scopes;
        return Issue(authority, client, code.Identity, scopes, request, code.Nonce, code.Scopes.WantsRefreshToken, code.IsProven);
    }

    private JsonObject RedeemRefreshToken(Authority authority, RegisteredApplication client, TokenRequest request)
    {
        var grant = signIns.FindRefreshToken(request["refresh_token"]);
        if (grant is null || grant.ClientId != client.ClientId)
            throw new EntraException(EntraError.BadGrant(70000, "The provided refresh token is malformed or invalid."));
        if (faults.Of(grant.Identity.Tenant).IsRevoked(grant.Identity.PersonId, grant.IssuedAt))
            throw new EntraException(EntraError.Revoked);

        return Issue(authority, client, grant.Identity, new Scopes(request["scope"]), request, nonce: null, withRefreshToken: true, grant.IsProven);
    }

    private JsonObject Issue(
        Authority authority, RegisteredApplication client, Identity identity, Scopes scopes, TokenRequest request, string? nonce, bool withRefreshToken,
        bool isProven)
    {
        if (!authority.Admits(identity))
            throw new EntraException(EntraError.OtherDirectory(identity.Person.UserPrincipalName, authority.Name));

        var resource = OneResource(scopes, request["scope"]);
        var granted = Granted(client, identity, scopes, resource);
        if (!isProven && (request["claims"] is not null || (faults.Of(identity.Tenant).SecondFactor && resource != Apis.Graph)))
            throw new EntraException(EntraError.SecondFactorNeeded(resource.DisplayName, request["claims"]));
        var lifetime = (int)faults.Of(identity.Tenant).AccessTokenLifetime.TotalSeconds;
        var json = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = string.Join(' ', AnswerScopes(scopes, resource, granted)),
            ["expires_in"] = lifetime,
            ["ext_expires_in"] = lifetime,
            ["access_token"] = issuer.AccessToken(identity, client.ClientId, resource, granted, isProven),
        };
        if (withRefreshToken)
            json["refresh_token"] = signIns.IssueRefreshToken(identity, client.ClientId, isProven);
        if (scopes.WantsIdToken)
            json["id_token"] = issuer.IdToken(identity, client.ClientId, nonce);
        if (request["client_info"] == "1")
            json["client_info"] = ClientInfo(identity);
        return json;
    }

    private static ApiResource OneResource(Scopes scopes, string? text) => scopes.Resources switch
    {
        [] => Apis.Graph,
        [var only] => only,
        // A request without a scope gets the first resource of the authorization; one with several resources is refused.
        [var first, ..] when text is null => first,
        _ => throw new EntraException(
            EntraError.BadRequest(
                28000, $"Provided value for the input parameter scope is not valid because it contains more than one resource. Scope {text} is not valid.")),
    };

    private static ImmutableSortedSet<string> Granted(RegisteredApplication client, Identity identity, Scopes scopes, ApiResource resource)
    {
        var granted = Consents.Granted(identity.Tenant, client.ClientId, identity.PersonId, resource);
        return granted.Count > 0 && scopes.Of(resource).All(s => granted.Contains(s.Name))
            ? granted
            : throw new EntraException(EntraError.NotConsented(client.ClientId, client.DisplayName));
    }

    private static IEnumerable<string> AnswerScopes(Scopes scopes, ApiResource resource, IEnumerable<string> granted)
    {
        var prefix = scopes.InFull(resource) ? resource.Prefix : "";
        var names = granted.Select(name => prefix + name);
        return scopes.IsDefault(resource) ? names.Append(resource.Prefix + ".default") : names;
    }

    private static string Challenge(string? verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")));

    internal static string ClientInfo(Identity identity) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(new
    {
        uid = identity.Home.PersonId.ToString(),
        utid = identity.Home.TenantId.ToString(),
    }));

    /// <summary>The form, with the client's credentials from the body or from a Basic header.</summary>
    private sealed class TokenRequest
    {
        private readonly IFormCollection _form;

        public TokenRequest(IFormCollection form, string? authorization)
        {
            _form = form;
            (ClientId, ClientSecret) = (this["client_id"], this["client_secret"]);
            if (authorization?.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) is true
                && Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..])).Split(':', 2) is [var id, var secret])
                (ClientId, ClientSecret) = (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret));
        }

        public string? ClientId { get; }
        public string? ClientSecret { get; }

        public string? this[string name] => _form.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
