using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The commands for grants. They always name a group or one person; no command here can reach the whole tenant.</summary>
internal static class GrantCommands
{
    private const string DirectGrant = "Grant-CsTeamsComplianceRecordingPolicy";

    /// <summary>What a script does with an error that means that there is no such thing.</summary>
    private const string ThrowUnlessNotFound = "if ($_.Exception.Message -notmatch 'not found|does not exist') { throw }";

    /// <param name="group">Null while the group does not exist yet.</param>
    /// <param name="name">Names the group whose object id is not known yet.</param>
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

    /// <summary>Grants the policy to one person directly, which takes precedence over group grants until it is removed.</summary>
    public static TeamsCommand Give(Guid user, string policy) => GrantTo(user, new TeamsValue.Text(policy));

    /// <summary>
    /// Removes a direct grant. An empty policy name makes the cmdlet ask for confirmation, which nobody answers in a script or after a paste, so the prompt is
    /// suppressed.
    /// </summary>
    public static TeamsCommand TakeBack(Guid user)
    {
        var command = GrantTo(user, new TeamsValue.Null());
        return command with { Parameters = [.. command.Parameters, new("Confirm", new TeamsValue.Flag(false))] };
    }

    public static bool IsForPerson(TeamsCommand? command) => command?.Name == DirectGrant;

    /// <summary>
    /// A script that removes our policy from the group if the group has it, and no other. It lists all groups, as the portal does, because the answer for one
    /// group without a policy is not documented. Every outside value is a quoted literal.
    /// </summary>
    public static string UngrantScript(Guid group, string policy) => string.Join(Environment.NewLine,
    [
        $"$policy = {GroupAssignments.List.ToPowerShell()} |",
        $"  Where-Object {{ $_.GroupId -eq {PowerShellText.Quote(group.ToString())} }} | ForEach-Object {{ $_.PolicyName }}",
        "if (-not $policy) { Write-Host 'Teams shows no compliance recording policy of the group. Nothing was changed. "
            + "If it was granted one a moment ago, run this script again in a few minutes.' }",
        $"elseif ($policy -in {PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}) {{",
        $"  {Ungrant(group).ToPowerShell()}",
        "  Write-Host 'The policy was taken back from the group.'",
        "}",
        "else { Write-Warning \"The group has the policy '$policy', which is another one. Nothing was changed.\" }",
    ]);

    /// <summary>
    /// A script that removes our policy from one person, and no other. A grant shows only after a while, so it is also removed where none shows yet:
    /// that does nothing to a person who has none.
    /// </summary>
    /// <param name="beneath">Policies of groups that would stop the person's calls without their own; as long as one is left, the script fails.</param>
    public static string TakeBackScript(Guid user, string policy, params IReadOnlyList<(string Policy, Guid Group)> beneath) => string.Join(Environment.NewLine,
    [
        $"$direct = {Sources(user, "Where-Object { $_.AssignmentType -eq 'Direct' } | ForEach-Object { $_.PolicyName }")}",
        $"if (-not $direct -or $direct -in {PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}) {{",
        .. beneath.SelectMany(b => StopWhileLeft(user, b.Policy, b.Group)),
        $"  try {{ {TakeBack(user).ToPowerShell()} }} catch {{ {ThrowUnlessNotFound} }}",
        $"  Write-Host 'The person {user} has no policy of their own any more.'",
        "}",
        $"else {{ Write-Warning \"The person {user} has the policy '$direct', which is another one. Nothing was changed.\" }}",
    ]);

    private static IEnumerable<string> StopWhileLeft(Guid user, string policy, Guid group)
    {
        var names = $"{PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}";
        var byGroup = $"(-not $_.Reference -or $_.Reference -eq {PowerShellText.Quote($"{group}")})";
        var ofGroup = $"$_.AssignmentType -ne 'Direct' -and $_.PolicyName -in {names} -and {byGroup}";
        yield return $"  $left = {Sources(user, $"Where-Object {{ {ofGroup} }} | ForEach-Object {{ $_.PolicyName }}")}";
        yield return "  if ($direct -and $left) {";
        yield return $"    throw \"The person {user} still has the policy '$left' by the group, and without the policy of their own it could stop their calls. "
            + "Teams takes up to 24 hours. Run this script again later.\"";
        yield return "  }";
    }

    /// <summary>A script expression for a person's policy sources. Some module versions answer with an error if there is none.</summary>
    /// <param name="pipeline">Processes each source.</param>
    public static string Sources(Guid user, string pipeline) =>
        $"try {{ {EffectivePolicy(user).ToPowerShell()} | ForEach-Object {{ $_.PolicySource }} | {pipeline} }} catch {{ {ThrowUnlessNotFound} }}";

    /// <summary>
    /// A note for the script about a person's former policy and the command that restores it: another vendor's policy is not restored without asking.
    /// </summary>
    public static string PutBackNote(Guid user, string policy) => string.Join(Environment.NewLine,
    [
        "Write-Host " + PowerShellText.Quote(
            $"The person {user} had the policy {policy} directly, before. This script does not give it back. To give it back, run:"),
        $"Write-Host {PowerShellText.Quote($"  {Give(user, policy).ToPowerShell()}")}",
    ]);

    /// <summary>Reads the effective policy and its sources; Get-CsOnlineUser would show direct assignments only.</summary>
    public static TeamsCommand EffectivePolicy(Guid user) => new(
        "Get-CsUserPolicyAssignment", [new("Identity", new TeamsValue.Id(user)), PolicyType], ["PolicyType", "PolicyName", "PolicySource"]);

    private static TeamsParameter PolicyType => new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType));

    private static TeamsCommand GrantTo(Guid user, TeamsValue policy) =>
        new(DirectGrant, [new("Identity", new TeamsValue.Id(user)), new("PolicyName", policy)], []);

    private static TeamsParameter GroupId(Guid group) => new("GroupId", new TeamsValue.Id(group));
}
