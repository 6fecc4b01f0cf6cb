using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;

namespace Luware.Portal.Gateways.Entra;

/// <summary>Finds a tenant by its id or domain in the metadata that Entra publishes. Always asks the configured authority, whatever the text.</summary>
internal sealed partial class TenantNames(IHttpClientFactory clients, EntraAddresses addresses) : ITenantNames
{
    private const int LongestDomain = 253;

    public async Task<Guid?> FindAsync(string idOrDomain, CancellationToken cancellationToken)
    {
        // An id is written anew, so that nothing of the text gets into the address.
        var name = Guid.TryParse(idOrDomain, out var id) ? id.ToString() : idOrDomain;
        if (id == Guid.Empty && (name.Length > LongestDomain || !Domain().IsMatch(name)))
            return null;

        using var client = clients.CreateClient(BackChannels.Entra);
        try
        {
            using var response = await client.GetAsync(new Uri(addresses.MetadataOf(name)), cancellationToken);
            // Entra's answers for a tenant that does not exist.
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new TransientException($"Entra answered {(int)response.StatusCode}.");

            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var metadata = await JsonDocument.ParseAsync(content, default, cancellationToken);
            return TenantOf(metadata.RootElement);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TransientException("Entra could not be asked for a tenant.", inner: e);
        }
    }

    // The issuer contains the tenant's id: https://login.microsoftonline.com/{id}/v2.0.
    private static Guid? TenantOf(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("issuer", out var issuer) && issuer.ValueKind == JsonValueKind.String
            && Uri.TryCreate(issuer.GetString(), UriKind.Absolute, out var uri)
        && uri.Segments is [_, var segment, ..] && Guid.TryParse(segment.TrimEnd('/'), out var id)
            ? id
            : throw new TransientException("Entra's answer names no tenant.");

    [GeneratedRegex(
        @"^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Domain();
}
