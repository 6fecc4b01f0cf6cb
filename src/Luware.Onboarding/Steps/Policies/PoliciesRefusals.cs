using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Policies;

internal static class PoliciesRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.MeansNotFound() => new InstanceOrPolicyNotKnown(),
        _ when answer.MeansAccessDenied() => new PoliciesNotAllowed(),
        _ => null,
    };
}

/// <summary>A new application instance or policy is not known everywhere in Teams yet.</summary>
public sealed record InstanceOrPolicyNotKnown() : StepRefusal("Policies.NotKnown")
{
    public override WaitsFor On => WaitsFor.Microsoft;
}

public sealed record PoliciesNotAllowed() : StepRefusal("Policies.AccessDenied");
