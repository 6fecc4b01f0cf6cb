using Azure.Core;
using Luware.Portal.Tokens;

namespace Luware.Portal.Gateways.Azure;

/// <summary>Gives the Blob SDK the signed-in person's own token, whatever scopes the SDK asks for.</summary>
/// <remarks>It also ignores claims challenges: the SDK requests them only after some answers and hides why there is no such token.</remarks>
internal sealed class SessionCredential(EntraToken token, TimeProvider time) : TokenCredential
{
    /// <summary>Long enough for one test; after that the session is asked again.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(token.Value, time.GetUtcNow() + Lifetime);
}
