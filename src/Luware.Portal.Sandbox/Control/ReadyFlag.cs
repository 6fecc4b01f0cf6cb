using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Control;

/// <summary>Sets Luware's ready flag in the announced portal, as a success specialist does.</summary>
internal sealed class ReadyFlag(Applications applications, IHttpClientFactory clients)
{
    public const string Header = "X-Luware-Sandbox";

    /// <returns>False if no portal is running or it does not know the tenant.</returns>
    public async Task<bool> SetAsync(Guid tenantId, bool ready, CancellationToken cancellationToken)
    {
        if (applications.PortalAddress is not { } portal)
            return false;

        using var client = clients.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal, $"{SandboxPortal.ReadyPath}/{tenantId}?ready={ready}"));
        request.Headers.Add(Header, "1");
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
