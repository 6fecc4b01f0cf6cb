using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Microsoft.Identity.Client;

namespace Luware.Portal.Tokens;

/// <summary>Tokens out of the session's cache, refreshed where needed, and compared with whom they are for.</summary>
internal sealed class SessionTokens(MsalClients clients, SessionTokenCaches caches, SessionLocks locks, EntraScopes scopes) : ITokens
{
    public async Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken)
    {
        var result = await AcquireCheckedAsync(access, purpose, fresh, cancellationToken);
        return new EntraToken(result.AccessToken, [.. result.Scopes]);
    }

    public async Task<EntraRoles> ReadRolesAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        var claims = (await AcquireCheckedAsync(access, TokenPurpose.Profile, fresh: true, cancellationToken)).ClaimsPrincipal;
        return new EntraRoles(
            [.. claims.FindAll(Actor.RoleClaim).Select(c => Guid.TryParse(c.Value, out var id) ? id : Guid.Empty)],
            [.. claims.FindAll(Actor.AppRoleClaim).Select(c => c.Value)]);
    }

    private async Task<AuthenticationResult> AcquireCheckedAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken)
    {
        var wanted = scopes.Of(purpose);
        try
        {
            using var _ = await locks.EnterAsync(access.SessionId, cancellationToken);
            return Checked(await AcquireAsync(access, wanted, fresh, cancellationToken), access);
        }
        catch (Exception e) when (MsalFailures.Concerns(e) && !cancellationToken.IsCancellationRequested)
        {
            throw MsalFailures.Translate(e, wanted);
        }
    }

    private async Task<AuthenticationResult> AcquireAsync(
        TenantAccess access, IReadOnlyList<string> wanted, bool fresh, CancellationToken cancellationToken)
    {
        var buffer = new TokenCacheBuffer(await caches.ReadAsync(access.SessionId, cancellationToken)
            ?? throw new SignInRequiredException("The session has ended."));
        var client = clients.Create(access.TenantId.ToString(), buffer);
        var account = await client.GetAccountAsync(access.HomeAccountId)
            ?? throw new SignInRequiredException("The session holds no sign-in of this account.");
        var result = await client.AcquireTokenSilent(wanted, account).WithForceRefresh(fresh).WithCorrelationId(Correlation.OfNextCall()).ExecuteAsync(cancellationToken);
        if (buffer is { Changed: true, Content: { } content })
            await caches.WriteAsync(access.SessionId, content, cancellationToken);
        return result;
    }

    // One home account spans the tenants in which its person is a guest: the account alone says nothing about the tenant.
    private static AuthenticationResult Checked(AuthenticationResult result, TenantAccess access) =>
        Guid.TryParse(result.TenantId, out var tenant) && tenant == access.TenantId
        && Guid.TryParse(result.UniqueId, out var person) && person == access.PersonId
            ? result
            : throw new WrongIdentityException(
                $"Entra answered for person {result.UniqueId} of tenant {result.TenantId}, but person {access.PersonId} of tenant {access.TenantId} was expected.");
}
