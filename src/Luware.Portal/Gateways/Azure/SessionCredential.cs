using Azure.Core;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;

namespace Luware.Portal.Gateways.Azure;

/// <summary>A signed-in person's own token for blobs, whatever scopes a service would rather have.</summary>
internal sealed class SessionCredential(ITokens tokens, TenantAccess access, TimeProvider time) : TokenCredential
{
    /// <summary>Long enough for one test; after that the session is asked again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        // The SDK asks once more by itself where the service wants more to be proven.
        var token = requestContext.Claims is { Length: > 0 } claims
            ? await tokens.ReplaceAsync(access, TokenPurpose.Blobs, claims, cancellationToken)
            : await tokens.GetAsync(access, TokenPurpose.Blobs, fresh: false, cancellationToken);
        return new AccessToken(token.Value, time.GetUtcNow() + Lifetime);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Tokens are had from the session's cache, which is read asynchronously.");
}
