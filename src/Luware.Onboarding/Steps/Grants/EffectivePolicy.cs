using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The policy that is in force for one person, and whether it was given to that person directly, which beats every group.</summary>
/// <param name="Name">Null while none but the tenant's own is in force.</param>
internal sealed record EffectivePolicy(string? Name, bool IsDirect)
{
    private static readonly EffectivePolicy None = new(null, IsDirect: false);

    public bool Is(string policy) => TeamsAnswers.IsSameName(Name, policy);

    /// <summary>Another policy was given to the person directly: no grant to a group will ever reach them.</summary>
    public bool Defeats(string policy) => IsDirect && !Is(policy);

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

        var isDirect = element.Items("PolicySource").Any(s => TeamsAnswers.IsSameName(s.Text("AssignmentType"), "Direct"));
        return new EffectivePolicy(TeamsAnswers.WithoutTag(name), isDirect);
    }
}
