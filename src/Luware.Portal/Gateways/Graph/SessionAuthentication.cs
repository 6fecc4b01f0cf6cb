using Luware.Portal.Tokens;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Adds a person's token to requests to Graph, and to no other host.</summary>
internal sealed class SessionAuthentication(EntraToken token, Uri graph) : IAuthenticationProvider
{
    public Task AuthenticateRequestAsync(
        RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default)
    {
        if (!GraphPaging.IsOf(graph, request.URI))
            throw new InvalidOperationException($"A request to {request.URI.Host} would have carried a token for {graph.Host}.");
        // After a claims challenge the SDK calls this once more by itself. Rejected tokens are handled in one place, where the answer is known, so the header
        // stays unchanged here.
        if (additionalAuthenticationContext?.ContainsKey("claims") != true)
            request.Headers.TryAdd("Authorization", $"Bearer {token.Value}");
        return Task.CompletedTask;
    }
}
