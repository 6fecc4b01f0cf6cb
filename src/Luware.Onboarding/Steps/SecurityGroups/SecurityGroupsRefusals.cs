using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.SecurityGroups;

internal static class SecurityGroupsRefusals
{
    public static Refusal? Explain(RemoteAnswer answer) => answer switch
    {
        _ when answer.Says("QuotaExceeded") => new DirectoryFull(),
        _ when answer.MeansAlreadyThere() => new GroupNameTaken(),
        _ when answer.MeansAccessDenied() => new GroupsNotAllowed(),
        _ => null,
    };
}

/// <summary>The tenant or the person has reached the limit of directory objects.</summary>
public sealed record DirectoryFull() : StepRefusal("SecurityGroups.DirectoryFull");

/// <summary>The unique name belongs to a group that is not visible, usually a deleted one.</summary>
public sealed record GroupNameTaken() : StepRefusal("SecurityGroups.NameTaken");

public sealed record GroupsNotAllowed() : StepRefusal("SecurityGroups.AccessDenied");
