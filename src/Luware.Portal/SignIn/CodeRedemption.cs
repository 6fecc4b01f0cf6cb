using Luware.Portal.Tokens;
using Microsoft.Identity.Client;

namespace Luware.Portal.SignIn;

/// <summary>Exchanges an authorization code for tokens, and keeps them separate until the sign-in has been accepted.</summary>
internal sealed class CodeRedemption(MsalClients clients, SessionTokenCaches caches, SessionLocks locks, EntraScopes scopes)
{
    /// <param name="sessionId">
    /// The live session that signs in again and keeps its tokens; null for a new one. Its lock is held until the result is disposed: otherwise a run that
    /// refreshes a token between the cache's reading and writing would be overwritten.
    /// </param>
    public async Task<RedeemedCode> RedeemAsync(
        SignInRequest request, string code, string? verifier, string? sessionId, CancellationToken cancellationToken)
    {
        var held = sessionId is null ? null : await locks.EnterAsync(sessionId, cancellationToken);
        try
        {
            var (result, buffer) = await RedeemInLockAsync(request, code, verifier, sessionId, cancellationToken);
            return new RedeemedCode(result, buffer, held);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    private async Task<(AuthenticationResult Result, TokenCacheBuffer Cache)> RedeemInLockAsync(
        SignInRequest request, string code, string? verifier, string? sessionId, CancellationToken cancellationToken)
    {
        var buffer = new TokenCacheBuffer(sessionId is null ? null : (await caches.ReadAsync(sessionId, cancellationToken))?.Content);
        var client = clients.Create(request.TenantId?.ToString() ?? EntraAddresses.AnyOrganization, buffer);
        var result = await client
            .AcquireTokenByAuthorizationCode(scopes.Of(request.More ? EntraScopes.GraphOf(request.Route) : TokenPurpose.Profile), code)
            .WithPkceCodeVerifier(verifier)
            .ExecuteAsync(cancellationToken);
        return (result, buffer);
    }
}

/// <summary>Travels with the request from the code's redemption to the session's row.</summary>
/// <param name="Held">The lock of the session that signs in again.</param>
internal sealed record RedeemedCode(AuthenticationResult Result, TokenCacheBuffer Cache, IDisposable? Held) : IDisposable
{
    public void Dispose() => Held?.Dispose();

    public bool IsFor(SignInIdentity identity) =>
        Guid.TryParse(Result.TenantId, out var tenant) && Guid.TryParse(Result.UniqueId, out var person) && identity == new SignInIdentity(tenant, person);

    public override string ToString() => "RedeemedCode (hidden)";
}
