using System.Globalization;
using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>A group that has a compliance recording policy.</summary>
/// <param name="Rank">From 1; if a person is in several groups, the lowest number takes precedence. Null if Teams does not say.</param>
/// <param name="Since">Null if Teams does not say.</param>
internal sealed record GroupAssignment(Guid GroupId, string PolicyName, int? Rank = null, DateTimeOffset? Since = null)
{
    public bool IsOf(string policy) => TeamsAnswers.IsSameName(PolicyName, policy);
}

/// <summary>Reads which groups have which compliance recording policy.</summary>
internal static class GroupAssignments
{
    /// <summary>Microsoft's limit for one policy type.</summary>
    public const int Most = 64;

    /// <summary>
    /// Lists all groups at once, because the answer for a single group without an assignment is not documented. The reference page calls the rank column Rank;
    /// other sources read Priority.
    /// </summary>
    public static readonly TeamsCommand List = new(
        "Get-CsGroupPolicyAssignment", [new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType))],
        ["GroupId", "PolicyType", "PolicyName", "Rank", "Priority", "CreatedTime"]);

    /// <summary>Sorted by rank, the best first.</summary>
    public static async Task<IReadOnlyList<GroupAssignment>> ListAsync(ITeams teams, TenantAccess access, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(access, List, cancellationToken);
        return [.. result.Objects.Select(From).OfType<GroupAssignment>().OrderBy(a => a.Rank ?? int.MaxValue)];
    }

    private static GroupAssignment? From(JsonElement element) =>
        element.Id("GroupId") is { } group && element.Text("PolicyName") is { } policy
        && TeamsAnswers.IsSameName(element.Text("PolicyType"), TeamsCmdlets.ComplianceRecordingPolicyType)
            ? new(group, TeamsAnswers.WithoutTag(policy), RankOf(element), Moment(element))
            : null;

    private static int? RankOf(JsonElement element) =>
        element.Number("Rank", element.Number("Priority", otherwise: 0)) is > 0 and var rank ? rank : null;

    private static DateTimeOffset? Moment(JsonElement element) =>
        DateTimeOffset.TryParse(element.Text("CreatedTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
