using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The policy that is in force for one person, and its source. A direct grant takes precedence over every group's.</summary>
/// <param name="Name">Null if only the tenant's own policy is in force.</param>
/// <param name="Direct">The policy granted to the person directly, if any.</param>
/// <param name="ByGroup">The policies granted through groups, whether or not they take effect.</param>
internal sealed record EffectivePolicy(string? Name, string? Direct, IReadOnlyList<string> ByGroup)
{
    private static readonly EffectivePolicy None = new(null, null, []);

    /// <summary>Used when there was no time left to ask about the person.</summary>
    private static readonly EffectivePolicy NotRead = new(null, null, []) { IsRead = false };

    public bool IsRead { get; private init; } = true;

    public bool Is(string policy) => TeamsAnswers.IsSameName(Name, policy);

    public bool IsDirect(string policy) => TeamsAnswers.IsSameName(Direct, policy);

    /// <summary>
    /// True if the group's grant is in force. A direct grant of the same policy proves nothing about it: the group must bring the policy, and no other group
    /// may bring another one.
    /// </summary>
    public bool IsInForce(string policy) => IsDirect(policy) ? ByGroup.Count > 0 && Rival(policy) is null : Is(policy);

    /// <summary>Another policy that takes or may take precedence over the group's grant: a direct one, or one of a group with a better rank.</summary>
    public string? Rival(string policy) => IsDirect(policy)
        ? ByGroup.FirstOrDefault(p => !TeamsAnswers.IsSameName(p, policy))
        : Is(policy) ? null : Name;

    /// <summary>One call per person, each taking up to seconds: use it for the people in question, never for a whole group.</summary>
    public static async Task<Dictionary<Guid, EffectivePolicy>> ReadAsync(
        ITeams teams, TenantAccess access, IEnumerable<Guid> users, ReadingTime limit, CancellationToken cancellationToken)
    {
        var effective = new Dictionary<Guid, EffectivePolicy>();
        foreach (var user in users.Distinct())
            effective[user] = limit.IsOverForPeople ? NotRead : await ReadAsync(teams, access, user, cancellationToken);
        return effective;
    }

    public static async Task<EffectivePolicy> ReadAsync(ITeams teams, TenantAccess access, Guid user, CancellationToken cancellationToken)
    {
        try
        {
            var result = await teams.InvokeAsync(access, GrantCommands.EffectivePolicy(user), cancellationToken);
            return result.Objects.Select(From).FirstOrDefault(p => p is not null) ?? None;
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            // Teams reports no assignment of this type for the person, or does not know a new account yet. Both mean "not in force".
            return None;
        }
    }

    private static EffectivePolicy? From(JsonElement element)
    {
        if (element.Text("PolicyName") is not { } name || !TeamsAnswers.IsSameName(element.Text("PolicyType"), TeamsCmdlets.ComplianceRecordingPolicyType))
            return null;

        var sources = element.Items("PolicySource")
            .Select(s => (IsDirect: TeamsAnswers.IsSameName(s.Text("AssignmentType"), "Direct"), Policy: TeamsAnswers.WithoutTag(s.Text("PolicyName") ?? name))).ToList();
        return new EffectivePolicy(
            TeamsAnswers.WithoutTag(name), sources.Where(s => s.IsDirect).Select(s => s.Policy).FirstOrDefault(), [.. sources.Where(s => !s.IsDirect).Select(s => s.Policy)]);
    }
}
