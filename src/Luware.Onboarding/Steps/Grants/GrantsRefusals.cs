using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

internal static class GrantsRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.Says("64") && answer.Says("group") => new TooManyGroups(),
        _ when answer.MeansAlreadyThere() => new GroupHasAnotherPolicy(),
        _ when answer.MeansNotFound() => new GroupOrPolicyNotKnown(),
        _ when answer.MeansAccessDenied() => new GrantsNotAllowed(),
        _ => null,
    };
}

/// <summary>A policy type can be assigned to at most 64 groups of a tenant.</summary>
public sealed record TooManyGroups() : StepRefusal("Grants.TooManyGroups");

public sealed record GroupHasAnotherPolicy() : StepRefusal("Grants.AnotherPolicy");

/// <summary>A new group or policy is not known everywhere in Teams for a while.</summary>
public sealed record GroupOrPolicyNotKnown() : StepRefusal("Grants.NotKnown")
{
    public override WaitsFor On => WaitsFor.Microsoft;
}

public sealed record GrantsNotAllowed() : StepRefusal("Grants.AccessDenied");
