using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Grants always name a group or one person. There is no command here that could reach the whole tenant.</summary>
internal static class GrantCommands
{
    private const string DirectGrant = "Grant-CsTeamsComplianceRecordingPolicy";

    /// <param name="group">Null while the group is still to be made.</param>
    /// <param name="name">Names the group whose object id is to come.</param>
    /// <param name="rank">Null for the last place, which moves no other assignment.</param>
    public static TeamsCommand Grant(Guid? group, string name, string policy, int? rank = null) => new(
        "New-CsGroupPolicyAssignment",
        [
            new("GroupId", group is { } id ? new TeamsValue.Id(id) : new TeamsValue.Later(string.Empty, $"object id of {name}")),
            PolicyType,
            new("PolicyName", new TeamsValue.Text(policy)),
            .. rank is { } place ? [new TeamsParameter("Rank", new TeamsValue.Number(place))] : (TeamsParameter[])[],
        ],
        []);

    public static TeamsCommand Ungrant(Guid group) => new("Remove-CsGroupPolicyAssignment", [GroupId(group), PolicyType], []);

    /// <summary>The policy for one person alone: wins over what any group brings until it is taken away again.</summary>
    public static TeamsCommand Give(Guid user, string policy) => GrantTo(user, new TeamsValue.Text(policy));

    /// <summary>A policy of nothing asks whether that is meant: people paste the command, and nobody answers a script.</summary>
    public static TeamsCommand TakeBack(Guid user)
    {
        var command = GrantTo(user, new TeamsValue.Null());
        return command with { Parameters = [.. command.Parameters, new("Confirm", new TeamsValue.Flag(false))] };
    }

    public static bool IsForPerson(TeamsCommand? command) => command?.Name == DirectGrant;

    /// <summary>
    /// Takes our policy back where the group has it, and no other. It asks for all groups, as the portal does: what is answered for
    /// one group without a policy is not documented. Everything that comes from outside stands in it as a quoted literal.
    /// </summary>
    public static string UngrantScript(Guid group, string policy) => string.Join(Environment.NewLine,
    [
        $"$policy = {GroupAssignments.List.ToPowerShell()} |",
        $"  Where-Object {{ $_.GroupId -eq {PowerShellText.Quote(group.ToString())} }} | ForEach-Object {{ $_.PolicyName }}",
        "if (-not $policy) { Write-Host 'The group has no compliance recording policy any more. Nothing was changed.' }",
        $"elseif ($policy -in {PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}) {{",
        $"  {Ungrant(group).ToPowerShell()}",
        "  Write-Host 'The policy was taken back from the group.'",
        "}",
        "else { Write-Warning \"The group has the policy '$policy', which is another one. Nothing was changed.\" }",
    ]);

    /// <summary>The same for one person.</summary>
    public static string TakeBackScript(Guid user, string policy) => string.Join(Environment.NewLine,
    [
        $"$direct = {Sources(user, "Where-Object { $_.AssignmentType -eq 'Direct' } | ForEach-Object { $_.PolicyName }")}",
        $"if (-not $direct) {{ Write-Host 'The person {user} has no policy of their own any more. Nothing was changed.' }}",
        $"elseif ($direct -in {PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}) {{",
        $"  {TakeBack(user).ToPowerShell()}",
        $"  Write-Host 'The policy was taken back from the person {user}.'",
        "}",
        $"else {{ Write-Warning \"The person {user} has the policy '$direct', which is another one. Nothing was changed.\" }}",
    ]);

    /// <summary>Where a person has a policy from. One without any is answered with an error by some versions.</summary>
    /// <param name="pipeline">What becomes of each source.</param>
    public static string Sources(Guid user, string pipeline) =>
        $"try {{ {EffectivePolicy(user).ToPowerShell()} | ForEach-Object {{ $_.PolicySource }} | {pipeline} }} catch {{ if ($_.Exception.Message -notmatch 'not found|does not exist') {{ throw }} }}";

    /// <summary>Says what a person had before, and how they get it again: a policy of another vendor is not given back by anybody who was not asked.</summary>
    public static string PutBackNote(Guid user, string policy) => string.Join(Environment.NewLine,
    [
        $"Write-Host {PowerShellText.Quote($"The person {user} had the policy {policy} directly, before. This script does not give it back. To give it back, run:")}",
        $"Write-Host {PowerShellText.Quote($"  {Give(user, policy).ToPowerShell()}")}",
    ]);

    /// <summary>Get-CsOnlineUser would show direct assignments only.</summary>
    public static TeamsCommand EffectivePolicy(Guid user) => new(
        "Get-CsUserPolicyAssignment", [new("Identity", new TeamsValue.Id(user)), PolicyType], ["PolicyType", "PolicyName", "PolicySource"]);

    private static TeamsParameter PolicyType => new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType));

    private static TeamsCommand GrantTo(Guid user, TeamsValue policy) => new(DirectGrant, [new("Identity", new TeamsValue.Id(user)), new("PolicyName", policy)], []);

    private static TeamsParameter GroupId(Guid group) => new("GroupId", new TeamsValue.Id(group));
}
