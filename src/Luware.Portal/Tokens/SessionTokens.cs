using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.SignIn;
using Microsoft.Identity.Client;

namespace Luware.Portal.Tokens;

/// <summary>Gets tokens from the session's cache, refreshes them if necessary, and compares them with the expected tenant and person.</summary>
internal sealed class SessionTokens(
    MsalClients clients, SessionTokenCaches caches, SessionLocks locks, EntraScopes scopes, SessionTickets tickets, TimeProvider time) : ITokens
{
    /// <summary>A sign-in stores its proof first and the tokens afterwards. This is longer than that takes and than clocks differ.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    public async Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken) =>
        Token(await AcquireCheckedAsync(access, purpose, fresh, null, cancellationToken));

    public async Task<EntraToken> ReplaceAsync(TenantAccess access, TokenPurpose purpose, string? claims, CancellationToken cancellationToken) =>
        Token(await AcquireCheckedAsync(access, purpose, fresh: true, claims, cancellationToken));

    public Task<GatewayException> WantAsync(TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, CancellationToken cancellationToken) =>
        WantAsync(access, purpose, wanted, null, cancellationToken);

    public async Task<EntraRoles> ReadRolesAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        var claims = (await AcquireCheckedAsync(access, TokenPurpose.Profile, fresh: true, null, cancellationToken)).ClaimsPrincipal;
        return new EntraRoles(Actor.RolesOf(claims), [.. claims.FindAll(Actor.AppRoleClaim).Select(c => c.Value)]);
    }

    private async Task<AuthenticationResult> AcquireCheckedAsync(
        TenantAccess access, TokenPurpose purpose, bool fresh, string? claims, CancellationToken cancellationToken)
    {
        var wanted = scopes.Of(purpose);
        var begunAt = time.GetUtcNow();
        try
        {
            using var _ = await locks.EnterAsync(access.SessionId, cancellationToken);
            return Checked(await AcquireAsync(access, wanted, fresh, claims, cancellationToken), access);
        }
        catch (Exception e) when (MsalFailures.Concerns(e) && !cancellationToken.IsCancellationRequested)
        {
            throw MsalFailures.Translate(e, wanted, claims) switch
            {
                SignInRequiredException refused => await WantAsync(access, purpose, refused, begunAt, cancellationToken),
                var failure => failure,
            };
        }
    }

    /// <param name="begunAt">
    /// When the tokens were read that Entra found insufficient; null if a service refused a token that Entra had issued for the required proof.
    /// </param>
    private async Task<GatewayException> WantAsync(
        TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, DateTimeOffset? begunAt, CancellationToken cancellationToken)
    {
        if (wanted is not { Claims: { } claims, Answer: { } answer }
            || await tickets.WantAsync(access.SessionId, new Proof(purpose, claims), cancellationToken) is not { } provenAt)
            return wanted;
        return provenAt > begunAt - Settling
            ? new TransientException("What was wanted was being proven while Entra was asked.", answer: answer, inner: wanted)
            : new RefusedException(
                "What was wanted has been proven, and is wanted still.",
                answer with { Code = ProofCodes.NotAccepted, Message = $"{answer.Code}: {answer.Message}" }, wanted);
    }

    private async Task<AuthenticationResult> AcquireAsync(
        TenantAccess access, IReadOnlyList<string> wanted, bool fresh, string? claims, CancellationToken cancellationToken)
    {
        var stored = await caches.ReadAsync(access.SessionId, cancellationToken) ?? throw new SignInRequiredException("The session has ended.");
        var buffer = new TokenCacheBuffer(stored.Content);
        var client = clients.Create(access.TenantId.ToString(), buffer);
        var account = await client.GetAccountAsync(access.HomeAccountId)
            ?? throw new SignInRequiredException("The session holds no sign-in of this account.");
        var result = await client.AcquireTokenSilent(wanted, account).WithForceRefresh(fresh).WithClaims(claims).WithCorrelationId(Correlation.OfNextCall())
            .ExecuteAsync(cancellationToken);
        if (buffer is { Changed: true, Content: { } content })
            await caches.ReplaceAsync(access.SessionId, stored, content, cancellationToken);
        return result;
    }

    private static EntraToken Token(AuthenticationResult result) => new(result.AccessToken, [.. result.Scopes]);

    // One home account spans all tenants in which its person is a guest, so the account does not identify the tenant.
    private static AuthenticationResult Checked(AuthenticationResult result, TenantAccess access) =>
        Guid.TryParse(result.TenantId, out var tenant) && tenant == access.TenantId
        && Guid.TryParse(result.UniqueId, out var person) && person == access.PersonId
            ? result
            : throw new WrongIdentityException(
                $"Entra answered for person {result.UniqueId} of tenant {result.TenantId}, "
                + $"but person {access.PersonId} of tenant {access.TenantId} was expected.");
}
