using System.Diagnostics;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Luware.Portal.Operations;

/// <summary>
/// Removes from traces what could identify a person or a customer or open a link: Graph addresses contain sign-in names, the portal's own contain the secrets
/// of links, and the host of a storage account contains its name.
/// </summary>
internal sealed class TraceScrubber(IOptions<AzureSettings> azure) : BaseProcessor<Activity>
{
    private static readonly string[] Private = ["url.path", "url.query", "user_agent.original", "client.address", "network.peer.address"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Private)
            data.SetTag(tag, null);
        if (data.GetTagItem("url.full") is string full && Uri.TryCreate(full, UriKind.Absolute, out var address))
            data.SetTag("url.full", address.GetLeftPart(UriPartial.Authority));
        if (data.GetTagItem("server.address") is string host
            && azure.Value.BlobSuffixes.FirstOrDefault(s => host.EndsWith($".{s}", StringComparison.OrdinalIgnoreCase)) is { } suffix)
        {
            data.SetTag("server.address", suffix);
            data.SetTag("url.full", null);
        }
    }
}
