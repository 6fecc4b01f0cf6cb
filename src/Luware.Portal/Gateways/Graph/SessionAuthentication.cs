using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Puts a person's token on requests to Graph, and on requests to nobody else.</summary>
internal sealed class SessionAuthentication(ITokens tokens, TenantAccess access, TokenPurpose purpose, Uri graph) : IAuthenticationProvider
{
    public async Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!GraphPaging.IsOf(graph, request.URI))
            throw new InvalidOperationException($"A request to {request.URI.Host} would have carried a token for {graph.Host}.");
        var token = await tokens.GetAsync(access, purpose, fresh: false, cancellationToken);
        request.Headers.TryAdd("Authorization", $"Bearer {token.Value}");
    }
}
