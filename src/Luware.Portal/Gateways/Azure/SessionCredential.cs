using Azure.Core;
using Luware.Portal.Tokens;

namespace Luware.Portal.Gateways.Azure;

/// <summary>A signed-in person's own token for blobs, whatever scopes a service would rather have.</summary>
/// <remarks>
/// And whatever it wants to be proven: the SDK asks for that after some answers only, and hides why there is no such token.
/// </remarks>
internal sealed class SessionCredential(EntraToken token, TimeProvider time) : TokenCredential
{
    /// <summary>Long enough for one test; after that the session is asked again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(token.Value, time.GetUtcNow() + Lifetime);
}
