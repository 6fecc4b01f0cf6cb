using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Grants always name a group. There is no command here that could reach the whole tenant.</summary>
internal static class GrantCommands
{
    public static TeamsCommand Grant(Guid group, string policy) => new(
        "New-CsGroupPolicyAssignment", [GroupId(group), PolicyType, new("PolicyName", new TeamsValue.Text(policy))], []);

    public static TeamsCommand Ungrant(Guid group) => new("Remove-CsGroupPolicyAssignment", [GroupId(group), PolicyType], []);

    /// <summary>Get-CsOnlineUser would show direct assignments only.</summary>
    public static TeamsCommand EffectivePolicy(Guid user) => new(
        "Get-CsUserPolicyAssignment", [new("Identity", new TeamsValue.Id(user)), PolicyType], ["PolicyType", "PolicyName", "PolicySource"]);

    private static TeamsParameter PolicyType => new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType));

    private static TeamsParameter GroupId(Guid group) => new("GroupId", new TeamsValue.Id(group));
}
