using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Puts a person's token on requests to Graph, and on requests to nobody else.</summary>
/// <param name="fresh">The first request gets a token that is not from the cache.</param>
internal sealed class SessionAuthentication(ITokens tokens, TenantAccess access, TokenPurpose purpose, Uri graph, bool fresh) : IAuthenticationProvider
{
    private bool _fresh = fresh;

    public async Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!GraphPaging.IsOf(graph, request.URI))
            throw new InvalidOperationException($"A request to {request.URI.Host} would have carried a token for {graph.Host}.");
        var token = await tokens.GetAsync(access, purpose, _fresh, cancellationToken);
        _fresh = false;
        request.Headers.TryAdd("Authorization", $"Bearer {token.Value}");
    }
}
