using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways.Azure;

/// <summary>Azure Resource Manager in a person's name: a handful of requests, so plain HTTP rather than an SDK for each resource type.</summary>
internal sealed class ArmClient(ITokens tokens, IHttpClientFactory clients, IOptions<AzureSettings> settings)
{
    private readonly Uri _address = new(settings.Value.ResourceManager!);

    /// <param name="path">A resource id with what is asked of it, without the version.</param>
    /// <returns>Null where there is no such resource in a subscription that the person can see.</returns>
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

    public async Task<JsonElement> SendAsync(TenantAccess access, HttpMethod method, string pathAndQuery, string? body, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(access, TokenPurpose.Azure, fresh: false, cancellationToken);
        try
        {
            return await SendAsync(token, method, pathAndQuery, body, cancellationToken);
        }
        catch (SignInRequiredException e)
        {
            // A token that is turned away before its time: nothing was carried out, and a new one may do.
            token = await tokens.ReplaceAsync(access, TokenPurpose.Azure, e.Claims, cancellationToken);
        }

        try
        {
            return await SendAsync(token, method, pathAndQuery, body, cancellationToken);
        }
        catch (SignInRequiredException e)
        {
            throw await tokens.WantAsync(access, TokenPurpose.Azure, e, cancellationToken);
        }
    }

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

    /// <summary>Nothing where the answer has no body; errors of proxies are no JSON.</summary>
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
