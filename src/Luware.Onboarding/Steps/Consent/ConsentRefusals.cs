using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Consent;

internal static class ConsentRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer.MeansAccessDenied() ? new EnterpriseApplicationsNotReadable() : null;
}

/// <summary>Graph does not let the signed-in person read enterprise applications: the consent may be there, but cannot be proven.</summary>
public sealed record EnterpriseApplicationsNotReadable() : StepRefusal("Consent.NotReadable");
