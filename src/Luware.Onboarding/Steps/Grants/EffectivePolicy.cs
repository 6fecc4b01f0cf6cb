using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The policy that is in force for one person, and where it comes from: what was given to the person directly beats every group.</summary>
/// <param name="Name">Null while none but the tenant's own is in force.</param>
/// <param name="Direct">The policy given to the person directly, if any.</param>
/// <param name="ByGroup">The policies that groups bring, winners and losers.</param>
internal sealed record EffectivePolicy(string? Name, string? Direct, IReadOnlyList<string> ByGroup)
{
    private static readonly EffectivePolicy None = new(null, null, []);

    /// <summary>Nothing is known of the person by now: there was no time left to ask.</summary>
    private static readonly EffectivePolicy NotRead = new(null, null, []) { IsRead = false };

    public bool IsRead { get; private init; } = true;

    public bool Is(string policy) => TeamsAnswers.IsSameName(Name, policy);

    public bool IsDirect(string policy) => TeamsAnswers.IsSameName(Direct, policy);

    /// <summary>A direct grant, whoever gave it, proves nothing about the group's: the group must bring it, and no other group another one.</summary>
    public bool IsInForce(string policy) => IsDirect(policy) ? ByGroup.Count > 0 && Rival(policy) is null : Is(policy);

    /// <summary>Another policy that wins over a group's grant, or may: given to the person directly, or by a group of a better rank.</summary>
    public string? Rival(string policy) => IsDirect(policy)
        ? ByGroup.FirstOrDefault(p => !TeamsAnswers.IsSameName(p, policy))
        : Is(policy) ? null : Name;

    /// <summary>One call a person, each up to seconds: for those in question, never for a whole group.</summary>
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
            // Teams has no assignment of this type for the person, or does not know a new account yet: both mean "not in force".
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
