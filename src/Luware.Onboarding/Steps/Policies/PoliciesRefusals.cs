using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Policies;

internal static class PoliciesRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.Says("40301") => new PolicyWritesForbidden(),
        _ when answer.Says("is not recognized") || answer.Says("CommandNotFound") => new PolicyCmdletsNotOffered(),
        _ when answer.MeansNotFound() => new InstanceOrPolicyNotKnown(),
        _ when answer.MeansAccessDenied() => new PoliciesNotAllowed(),
        _ => null,
    };
}

/// <summary>Answered to partners' delegated rights: policies can only be written by the tenant's own administrators.</summary>
public sealed record PolicyWritesForbidden() : StepRefusal("Policies.WritesForbidden");

/// <summary>Teams offers the cmdlets for compliance recording only to those who may use them.</summary>
public sealed record PolicyCmdletsNotOffered() : StepRefusal("Policies.CmdletsNotOffered");

/// <summary>A new application instance or policy is not known everywhere in Teams for a while.</summary>
public sealed record InstanceOrPolicyNotKnown() : StepRefusal("Policies.NotKnown");

public sealed record PoliciesNotAllowed() : StepRefusal("Policies.AccessDenied");
