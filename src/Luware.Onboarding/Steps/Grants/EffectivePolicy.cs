using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The policy that is in force for one person, and its source. A direct grant takes precedence over every group's.</summary>
/// <param name="Name">Null if only the tenant's own policy is in force.</param>
/// <param name="Direct">The policy granted to the person directly, if any.</param>
/// <param name="ByGroup">The policies granted through groups, the winning one first, and the groups as far as Teams names them.</param>
internal sealed record EffectivePolicy(string? Name, string? Direct, IReadOnlyList<(string Policy, Guid? Group)> ByGroup)
{
    private static readonly EffectivePolicy None = new(null, null, []);

    /// <summary>Used when there was no time left to ask about the person.</summary>
    private static readonly EffectivePolicy NotRead = new(null, null, []) { IsRead = false };

    public bool IsRead { get; private init; } = true;

    public bool Is(string policy) => TeamsAnswers.IsSameName(Name, policy);

    public bool IsDirect(string policy) => TeamsAnswers.IsSameName(Direct, policy);

    /// <summary>True if the group's grant is in force: of the groups' policies, this one must win.</summary>
    public bool IsInForce(string policy) => TeamsAnswers.IsSameName(WinnerBeside(policy), policy);

    /// <summary>Another policy that takes precedence over the group's grant: a direct one, or one of a group with a better rank.</summary>
    public string? Rival(string policy) => IsInForce(policy) ? null : WinnerBeside(policy);

    /// <summary>What is in force apart from a direct grant of this policy, which proves nothing about the groups.</summary>
    private string? WinnerBeside(string policy) => IsDirect(policy) ? ByGroup.Select(s => s.Policy).FirstOrDefault() : Name;

    /// <summary>One call per person, each taking up to seconds: use it for the people in question, never for a whole group.</summary>
    public static async Task<Dictionary<Guid, EffectivePolicy>> ReadAsync(
        ITeams teams, TenantAccess access, IEnumerable<Guid> users, IReadOnlyList<GroupAssignment> assignments, ReadingTime limit,
        CancellationToken cancellationToken)
    {
        var effective = new Dictionary<Guid, EffectivePolicy>();
        foreach (var user in users.Distinct())
            effective[user] = limit.IsOverForPeople ? NotRead : await ReadAsync(teams, access, user, assignments, cancellationToken);
        return effective;
    }

    /// <param name="assignments">They tell the groups' ranks.</param>
    public static async Task<EffectivePolicy> ReadAsync(
        ITeams teams, TenantAccess access, Guid user, IReadOnlyList<GroupAssignment> assignments, CancellationToken cancellationToken)
    {
        try
        {
            var result = await teams.InvokeAsync(access, GrantCommands.EffectivePolicy(user), cancellationToken);
            return result.Objects.Select(o => From(o, assignments)).FirstOrDefault(p => p is not null) ?? None;
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            // Teams reports no assignment of this type for the person, or does not know a new account yet. Both mean "not in force".
            return None;
        }
    }

    private static EffectivePolicy? From(JsonElement element, IReadOnlyList<GroupAssignment> assignments)
    {
        if (element.Text("PolicyName") is not { } name || !TeamsAnswers.IsSameName(element.Text("PolicyType"), TeamsCmdlets.ComplianceRecordingPolicyType))
            return null;

        var sources = element.Items("PolicySource").ToLookup(
            s => TeamsAnswers.IsSameName(s.Text("AssignmentType"), "Direct"),
            s => (Policy: TeamsAnswers.WithoutTag(s.Text("PolicyName") ?? name), Group: s.Id("Reference")));
        var direct = sources[true].Select(s => s.Policy).FirstOrDefault();
        return new EffectivePolicy(TeamsAnswers.WithoutTag(name), direct, Ranked([.. sources[false]], assignments));
    }

    /// <summary>Sorted by rank. If the rank of one is not known, the order is the one of Teams, which names the winning group first.</summary>
    private static IReadOnlyList<(string Policy, Guid? Group)> Ranked(
        IReadOnlyList<(string Policy, Guid? Group)> sources, IReadOnlyList<GroupAssignment> assignments)
    {
        return sources.All(s => RankOf(s.Group) is not null) ? [.. sources.OrderBy(s => RankOf(s.Group))] : sources;

        int? RankOf(Guid? group) => assignments.FirstOrDefault(a => a.GroupId == group)?.Rank;
    }
}
