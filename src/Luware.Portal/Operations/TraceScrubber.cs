using System.Diagnostics;
using OpenTelemetry;

namespace Luware.Portal.Operations;

/// <summary>Takes out of an activity what could name a person: addresses that are asked of Graph carry sign-in names, those of the portal carry links' secrets.</summary>
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
