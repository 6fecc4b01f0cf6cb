using System.Diagnostics.Metrics;

namespace Luware.Onboarding.Colleagues;

/// <summary>Counts the results of opened links; many refusals mean that somebody is guessing.</summary>
internal sealed class ColleagueMetrics(IMeterFactory meters)
{
    public const string MeterName = "Luware.Portal.Colleagues";

    private readonly Counter<long> answers = meters.Create(MeterName)
        .CreateCounter<long>("portal.colleague.links", description: "Links to a handed step by what became of them.");

    public void Answered(LinkAnswerKind kind) => answers.Add(1, new KeyValuePair<string, object?>("answer", kind.ToString()));
}
