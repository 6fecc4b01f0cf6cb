using System.Diagnostics.Metrics;

namespace Luware.Onboarding.Links;

/// <summary>Counts the results of opened links of both kinds; many refusals mean that somebody is guessing.</summary>
internal sealed class LinkMetrics(IMeterFactory meters)
{
    public const string MeterName = "Luware.Portal.Links";

    private readonly Counter<long> opened = meters.Create(MeterName)
        .CreateCounter<long>("portal.links.opened", description: "Invitations and links to a handed step by what became of them.");

    public void Opened(LinkKind kind, LinkAnswerKind answer) =>
        opened.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()), new KeyValuePair<string, object?>("answer", answer.ToString()));
}
