using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Consent;

internal static class ConsentRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer.MeansAccessDenied() ? new EnterpriseApplicationsNotReadable() : null;
}

/// <summary>Graph does not let the signed-in person read enterprise applications, so a consent cannot be proven even if it exists.</summary>
public sealed record EnterpriseApplicationsNotReadable() : StepRefusal("Consent.NotReadable");
