using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Adds a person's token to requests to Graph, and to no other host.</summary>
/// <param name="turnedAway">Set if Graph rejected the cached token: the first request then gets a new one.</param>
internal sealed class SessionAuthentication(ITokens tokens, TenantAccess access, TokenPurpose purpose, Uri graph, SignInRequiredException? turnedAway)
    : IAuthenticationProvider
{
    private SignInRequiredException? _turnedAway = turnedAway;

    public async Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!GraphPaging.IsOf(graph, request.URI))
            throw new InvalidOperationException($"A request to {request.URI.Host} would have carried a token for {graph.Host}.");
        // After a claims challenge the SDK calls this once more by itself. Rejected tokens are handled in one place, where the answer is known, so the header
        // stays unchanged here.
        if (additionalAuthenticationContext?.ContainsKey("claims") == true)
            return;
        var token = _turnedAway is null
            ? await tokens.GetAsync(access, purpose, fresh: false, cancellationToken)
            : await tokens.ReplaceAsync(access, purpose, _turnedAway.Claims, cancellationToken);
        _turnedAway = null;
        request.Headers.TryAdd("Authorization", $"Bearer {token.Value}");
    }
}
