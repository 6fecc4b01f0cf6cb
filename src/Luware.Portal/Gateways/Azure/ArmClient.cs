using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways.Azure;

/// <summary>
/// Calls Azure Resource Manager in a person's name, with plain HTTP: for a handful of requests that is simpler than an SDK per resource type.
/// </summary>
internal sealed class ArmClient(ITokens tokens, IHttpClientFactory clients, IOptions<AzureSettings> settings)
{
    private readonly Uri _address = new(settings.Value.ResourceManager!);

    /// <param name="path">A resource id with the operation, without the API version.</param>
    /// <returns>Null if there is no such resource in a subscription that the person can see.</returns>
    public async Task<JsonElement?> FindAsync(TenantAccess access, string path, string version, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(access, HttpMethod.Get, $"{path}?api-version={version}", null, cancellationToken);
        }
        catch (RefusedException e) when (AzureFailures.IsMissingResource(e.Answer!))
        {
            return null;
        }
    }

    public Task<JsonElement> SendAsync(TenantAccess access, HttpMethod method, string pathAndQuery, string? body, CancellationToken cancellationToken) =>
        tokens.UseAsync(access, TokenPurpose.Azure, token => SendAsync(token, method, pathAndQuery, body, cancellationToken), cancellationToken);

    private async Task<JsonElement> SendAsync(EntraToken token, HttpMethod method, string pathAndQuery, string? body, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(BackChannels.Azure);
        using var request = new HttpRequestMessage(method, new Uri(_address.AbsoluteUri.TrimEnd('/') + pathAndQuery));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = await ReadAsync(response, cancellationToken);
            return response.IsSuccessStatusCode ? answer : throw AzureFailures.Of(response, answer);
        }
        catch (Exception e) when (AzureFailures.IsUnreachable(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException("Azure Resource Manager could not be reached.", inner: e);
        }
    }

    /// <summary>Returns an undefined element if the answer has no body or, as with errors of proxies, no JSON.</summary>
    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (text.Length == 0)
            return default;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException e)
        {
            return response.StatusCode == HttpStatusCode.OK
                ? throw new TransientException("Azure Resource Manager gave an answer that cannot be read.", inner: e)
                : default;
        }
    }
}
