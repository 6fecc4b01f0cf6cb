using System.Diagnostics;
using OpenTelemetry;

namespace Luware.Portal.Operations;

/// <summary>
/// Removes from traces what could identify a person or open a link: Graph addresses contain sign-in names, the portal's own contain the secrets of links.
/// </summary>
internal sealed class TraceScrubber : BaseProcessor<Activity>
{
    private static readonly string[] Private = ["url.path", "url.query", "user_agent.original", "client.address", "network.peer.address"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in Private)
            data.SetTag(tag, null);
        if (data.GetTagItem("url.full") is string full && Uri.TryCreate(full, UriKind.Absolute, out var address))
            data.SetTag("url.full", address.GetLeftPart(UriPartial.Authority));
    }
}
