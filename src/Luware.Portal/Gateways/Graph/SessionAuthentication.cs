using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Puts a person's token on requests to Graph, and on requests to nobody else.</summary>
/// <param name="turnedAway">Where Graph did not take the token from the cache: the first request gets another.</param>
internal sealed class SessionAuthentication(ITokens tokens, TenantAccess access, TokenPurpose purpose, Uri graph, SignInRequiredException? turnedAway) : IAuthenticationProvider
{
    private SignInRequiredException? _turnedAway = turnedAway;

    public async Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!GraphPaging.IsOf(graph, request.URI))
            throw new InvalidOperationException($"A request to {request.URI.Host} would have carried a token for {graph.Host}.");
        // Where the service wants more to be proven, the SDK asks here once more by itself. What a token was turned away for is answered
        // in one place, with the answer in hand: the header stays as it is.
        if (additionalAuthenticationContext?.ContainsKey("claims") == true)
            return;
        var token = _turnedAway is null
            ? await tokens.GetAsync(access, purpose, fresh: false, cancellationToken)
            : await tokens.ReplaceAsync(access, purpose, _turnedAway.Claims, cancellationToken);
        _turnedAway = null;
        request.Headers.TryAdd("Authorization", $"Bearer {token.Value}");
    }
}
