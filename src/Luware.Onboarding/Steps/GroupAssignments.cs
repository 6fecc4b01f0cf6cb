using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>A group that has a compliance recording policy.</summary>
internal sealed record GroupAssignment(Guid GroupId, string PolicyName)
{
    public bool IsOf(string policy) => TeamsAnswers.IsSameName(PolicyName, policy);
}

/// <summary>Reads which groups have which compliance recording policy.</summary>
internal static class GroupAssignments
{
    /// <summary>All groups at once, at most 64 by Microsoft's limit: asking for one group without an assignment has no documented answer.</summary>
    public static readonly TeamsCommand List = new(
        "Get-CsGroupPolicyAssignment", [new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType))], ["GroupId", "PolicyType", "PolicyName"]);

    public static async Task<IReadOnlyList<GroupAssignment>> ListAsync(ITeams teams, TenantAccess access, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(access, List, cancellationToken);
        return [.. result.Objects.Select(From).OfType<GroupAssignment>()];
    }

    private static GroupAssignment? From(JsonElement element) =>
        element.Id("GroupId") is { } group && element.Text("PolicyName") is { } policy && TeamsAnswers.IsSameName(element.Text("PolicyType"), TeamsCmdlets.ComplianceRecordingPolicyType)
            ? new(group, TeamsAnswers.WithoutTag(policy))
            : null;
}
