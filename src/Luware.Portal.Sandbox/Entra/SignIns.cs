using System.Collections.Concurrent;
using System.Security.Cryptography;
using Luware.Portal.Sandbox.World;
using Microsoft.IdentityModel.Tokens;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>A person in the tenant in which they sign in.</summary>
public sealed record Identity(SandboxTenant Tenant, Guid PersonId)
{
    /// <summary>The person's present state in the directory: roles may have changed since the sign-in.</summary>
    public Person Person => Tenant.People.Single(p => p.Id == PersonId);

    public HomeAccount Home => Person.HomeFrom(Tenant.Id);
}

/// <summary>An authorization code that can be redeemed once.</summary>
/// <param name="IsProven">Whether the sign-in requested the proof that conditional access requires.</param>
public sealed record CodeGrant(
    Identity Identity, Guid ClientId, string RedirectUri, string Challenge, string? Nonce, Scopes Scopes, bool IsProven, DateTimeOffset IssuedAt);

public sealed record RefreshGrant(Identity Identity, Guid ClientId, bool IsProven, DateTimeOffset IssuedAt);

/// <summary>Authorization codes, refresh tokens and the sign-in cookies of Entra's own pages.</summary>
public sealed class SignIns(TimeProvider time)
{
    private const string CookieName = "sandbox-entra";
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, CodeGrant> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, RefreshGrant> _refreshTokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Identity> _cookies = new(StringComparer.Ordinal);

    public string IssueCode(CodeGrant grant) => Keep(_codes, grant);

    public string IssueRefreshToken(Identity identity, Guid clientId, bool isProven) =>
        Keep(_refreshTokens, new RefreshGrant(identity, clientId, isProven, time.GetUtcNow()));

    /// <exception cref="EntraException">The code is unknown, used or expired.</exception>
    public CodeGrant Redeem(string? code) =>
        code is not null && _codes.TryRemove(code, out var grant)
            ? grant.IssuedAt + CodeLifetime > time.GetUtcNow()
                ? grant
                : throw new EntraException(EntraError.BadGrant(70008, "The provided authorization code or refresh token has expired due to inactivity."))
            : throw new EntraException(EntraError.BadGrant(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code."));

    public RefreshGrant? FindRefreshToken(string? token) => token is null ? null : _refreshTokens.GetValueOrDefault(token);

    /// <summary>The person at this browser as the authority knows them; null if it does not.</summary>
    public Identity? Current(HttpContext context, Authority authority) =>
        context.Request.Cookies[CookieName] is { } cookie && _cookies.GetValueOrDefault(cookie) is { } identity ? authority.Find(identity) : null;

    public void SignIn(HttpContext context, Identity identity) =>
        context.Response.Cookies.Append(
            CookieName, Keep(_cookies, identity), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });

    public void SignOut(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is { } cookie)
            _cookies.TryRemove(cookie, out _);
        context.Response.Cookies.Delete(CookieName);
    }

    private static string Keep<T>(ConcurrentDictionary<string, T> values, T value)
    {
        var key = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        values[key] = value;
        return key;
    }
}
