using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The compliance recording policies in force for several people at once.</summary>
/// <param name="InForce">By person; null if only the tenant's own policy is in force. People about whom Teams says nothing are absent.</param>
internal sealed record MemberPolicies(IReadOnlyDictionary<Guid, string?> InForce)
{
    /// <summary>The filter grows with the number of people, so one call asks about at most this many.</summary>
    public const int Most = 20;

    private const string Property = "EffectivePolicyAssignments";

    /// <summary>
    /// Get-CsOnlineUser is documented to return effective policies and to accept a filter of user principal names joined by -or. No filter by group is
    /// documented, and Get-CsUserPolicyAssignment answers for one person per call.
    /// </summary>
    public static TeamsCommand Command(IReadOnlyList<Person> people) => new(
        "Get-CsOnlineUser",
        [
            new("Filter", new TeamsValue.Text(string.Join(
                " -or ", people.Select(p => $"UserPrincipalName -eq {PowerShellText.Quote(p.UserPrincipalName ?? string.Empty)}")))),
            new("Properties", new TeamsValue.Text(Property)),
        ],
        ["Identity", Property]);

    public static async Task<MemberPolicies> ReadAsync(ITeams teams, TenantAccess access, IReadOnlyList<Person> people, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(access, Command(people), cancellationToken);
        var inForce = new Dictionary<Guid, string?>();
        foreach (var user in result.Objects.Where(Says))
        {
            if (user.Id("Identity") is { } id)
                inForce[id] = user.Items(Property).Select(PolicyOf).OfType<string>().FirstOrDefault();
        }

        return new MemberPolicies(inForce);
    }

    /// <summary>True if the answer contains the property. Module versions before 7.1.1 and clouds other than the commercial one leave it out.</summary>
    private static bool Says(JsonElement user) =>
        user.TryGetProperty(Property, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static string? PolicyOf(JsonElement assignment) =>
        TeamsAnswers.IsSameName(assignment.Text("PolicyType"), TeamsCmdlets.ComplianceRecordingPolicyType)
        && assignment.Items("PolicyAssignment").Select(a => a.Text("displayName")).FirstOrDefault() is { } name
            ? TeamsAnswers.WithoutTag(name)
            : null;
}
