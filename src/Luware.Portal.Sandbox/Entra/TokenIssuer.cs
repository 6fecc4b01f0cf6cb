using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Signs tokens with the sandbox's own key, and validates access tokens for the sandbox's Graph, Teams and Azure.</summary>
public sealed class TokenIssuer(TimeProvider time, SandboxFaults faults, SandboxTenants tenants)
{
    // Creating a key takes longer than starting a world, so the worlds of one process share one.
    private static readonly RsaSecurityKey Key = MakeKey();

    /// <summary>The authentication context that stands for a second factor in Azure.</summary>
    private const string ProofClaim = "acrs", Proof = "p1";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    public static JsonObject PublicKey
    {
        get
        {
            var parameters = Key.Rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["kid"] = Key.KeyId,
                ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
                ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
                ["issuer"] = "https://login.microsoftonline.com/{tenantid}/v2.0",
            };
        }
    }

    /// <summary>The claims request for a token with that proof.</summary>
    public const string WantedProof = """{"access_token":{"acrs":{"essential":true,"value":"p1"}}}""";

    public string IdToken(Identity identity, Guid clientId, string? nonce)
    {
        var claims = Claims(identity);
        claims["ver"] = "2.0";
        claims["sub"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.PersonId} {clientId}")));
        claims["name"] = identity.Person.DisplayName;
        claims["preferred_username"] = identity.Home.UserPrincipalName;
        if (nonce is not null)
            claims["nonce"] = nonce;
        if (identity.Person.AppRoles.Count > 0)
            claims["roles"] = identity.Person.AppRoles.ToArray();
        return Sign($"https://login.microsoftonline.com/{identity.Tenant.Id}/v2.0", clientId.ToString(), claims, TimeSpan.FromHours(1));
    }

    public string AccessToken(Identity identity, Guid clientId, ApiResource resource, IEnumerable<string> scopes, bool isProven = false)
    {
        var claims = Claims(identity);
        claims["ver"] = "1.0";
        claims["appid"] = clientId.ToString();
        claims["upn"] = identity.Person.UserPrincipalName;
        claims["scp"] = string.Join(' ', scopes);
        if (isProven)
            claims[ProofClaim] = Proof;
        return Sign($"https://sts.windows.net/{identity.Tenant.Id}/", resource.Audience, claims, faults.Of(identity.Tenant).NextLifetime());
    }

    /// <returns>Null if the token is from elsewhere, for another resource, or expired.</returns>
    public async Task<AccessToken?> ValidateAsync(string? token, ApiResource resource)
    {
        if (token is null)
            return null;

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = Key,
            ValidAudience = resource.Audience,
            ValidIssuers = tenants.All.Select(t => $"https://sts.windows.net/{t.Id}/"),
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return null;

        var identity = new Identity(tenants.Find(jwt.GetClaim("tid").Value)!, Guid.Parse(jwt.GetClaim("oid").Value));
        return new AccessToken(
            identity,
            [.. jwt.GetClaim("scp").Value.Split(' ')],
            [.. jwt.Claims.Where(c => c.Type == "wids").Select(c => Guid.Parse(c.Value))],
            new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero),
            jwt.Claims.Any(c => c is { Type: ProofClaim, Value: Proof }));
    }

    private static RsaSecurityKey MakeKey()
    {
        var rsa = RSA.Create(2048);
        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportRSAPublicKey()))[..27] };
    }

    private static Dictionary<string, object> Claims(Identity identity) => new(StringComparer.Ordinal)
    {
        ["tid"] = identity.Tenant.Id.ToString(),
        ["oid"] = identity.PersonId.ToString(),
        ["wids"] = identity.Person.Roles.Select(r => r.TemplateId).Append(Roles.DefaultUser).Select(id => id.ToString()).ToArray(),
        ["uti"] = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16)),
    };

    private string Sign(string issuer, string audience, Dictionary<string, object> claims, TimeSpan lifetime)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });
    }
}

/// <summary>The content of a valid access token as a resource sees it.</summary>
/// <param name="Roles">Directory roles at the time of issue; a role activated since is not included.</param>
/// <param name="IsProven">Whether the sign-in requested more than a password.</param>
public sealed record AccessToken(Identity Identity, IReadOnlyList<string> Scopes, IReadOnlyList<Guid> Roles, DateTimeOffset ExpiresAt, bool IsProven = false);
