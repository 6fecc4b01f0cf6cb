using System.Diagnostics.Metrics;

namespace Luware.Onboarding.Consent;

/// <summary>Counts the returns from consent pages; many unknown or foreign states mean that somebody is guessing.</summary>
internal sealed class ConsentMetrics(IMeterFactory meters)
{
    public const string MeterName = "Luware.Portal.Consent";

    private readonly Counter<long> returns = meters.Create(MeterName)
        .CreateCounter<long>("portal.consent.returns", description: "Consent redirects by what their state value was.");

    public void Returned(ConsentReturnKind kind) => returns.Add(1, new KeyValuePair<string, object?>("state", kind.ToString()));
}
