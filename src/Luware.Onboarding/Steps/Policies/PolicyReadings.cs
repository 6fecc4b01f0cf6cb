using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>What exists of the chosen policies, and of the policy of the whole tenant.</summary>
/// <param name="Chosen">In the order of the names.</param>
/// <param name="LinksOfGlobal">The application instances that the policy of the whole tenant invites; empty if it is not enabled.</param>
internal sealed record PolicyReadings(IReadOnlyList<PolicyReading> Chosen, IReadOnlyList<FoundLink> LinksOfGlobal)
{
    /// <summary>Lists everything once, however many policies there are.</summary>
    public static async Task<PolicyReadings> ReadAsync(
        ITeams teams, TenantAccess access, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var policies = await FoundPolicy.ListAsync(teams, access, cancellationToken);
        var isGlobal = policies.Any(p => p.Enabled && GlobalPolicy.Is(p.Name));
        if (!isGlobal && !policies.Any(p => names.Any(n => TeamsAnswers.IsSameName(p.Name, n))))
            return new PolicyReadings([.. names.Select(_ => PolicyReading.Absent)], []);

        var links = await FoundLink.ListAsync(teams, access, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, access, cancellationToken);
        var chosen = names.Select(name => policies.FirstOrDefault(p => TeamsAnswers.IsSameName(p.Name, name)) is { } policy
            ? new PolicyReading(policy, [.. links.Where(l => l.IsOf(name))], [.. assignments.Where(a => a.IsOf(name))])
            : PolicyReading.Absent);
        return new PolicyReadings([.. chosen], isGlobal ? [.. links.Where(l => GlobalPolicy.Is(l.Policy))] : []);
    }
}
