using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// The people affected by a change of policies: direct members of the groups that have them, without guests, and people who have them directly.
/// </summary>
/// <param name="NotCounted">Says what could not be read, so that its people are missing in the number.</param>
internal sealed record PolicyReach(int People, IReadOnlyList<Sentence> NotCounted)
{
    /// <summary>Nobody was counted, so the number is not known.</summary>
    public static readonly PolicyReach Uncounted = new(0, []);

    /// <param name="assignments">All that the tenant has.</param>
    public static async Task<PolicyReach> CountAsync(
        ITeams teams, IDirectory directory, TenantAccess access, IReadOnlyCollection<string> policies,
        IReadOnlyList<GroupAssignment> assignments, CancellationToken cancellationToken)
    {
        var (people, notCounted) = (new HashSet<Guid>(), new List<Sentence>());
        foreach (var group in assignments.Where(a => policies.Any(a.IsOf)).Select(a => a.GroupId))
        {
            if (await directory.FindGroupAsync(access, group, cancellationToken) is null)
                notCounted.Add(new Sentence("Policies.Reach.Group", $"{group}"));
            else
                people.UnionWith((await directory.GetMembersAsync(access, group, cancellationToken)).People().Select(p => p.Id));
        }

        foreach (var policy in policies)
        {
            if (!await AddHoldersAsync(teams, access, policy, people, cancellationToken))
                notCounted.Add(new Sentence("Policies.Reach.Direct", policy));
        }

        return new PolicyReach(people.Count, notCounted);
    }

    /// <summary>The impact of a change that can stop these people's calls.</summary>
    public Impact Stopping => new(People, CanStopCalls: true, new Sentence("Impact.WithinADay"));

    /// <summary>
    /// Whom it affects to change the application of an application instance: policies that invite the instance then wait for the new application.
    /// </summary>
    /// <returns>Null if no policy that can stop calls invites the instance.</returns>
    public static async Task<PolicyReach?> OfInstanceAsync(
        ITeams teams, IDirectory directory, TenantAccess access, Guid objectId, CancellationToken cancellationToken)
    {
        try
        {
            var policies = (await FoundLink.ListAsync(teams, access, cancellationToken))
                .Where(l => l.Rules.CanStopCalls && (l.ObjectId == objectId || l.Paired.Contains(objectId)))
                .Select(l => l.Policy).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (policies.Count == 0)
                return null;

            var assignments = await GroupAssignments.ListAsync(teams, access, cancellationToken);
            return await CountAsync(teams, directory, access, policies, assignments, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer is { } answer && (answer.MeansAccessDenied() || answer.MeansCmdletNotOffered()))
        {
            // A person who may create accounts may lack the right to read policies; then the change may affect anybody.
            return Uncounted;
        }
    }

    /// <returns>False if some or all of them could not be read.</returns>
    private static async Task<bool> AddHoldersAsync(ITeams teams, TenantAccess access, string policy, HashSet<Guid> people, CancellationToken cancellationToken)
    {
        try
        {
            var holders = await DirectHolders.ListAsync(teams, access, policy, cancellationToken);
            people.UnionWith(holders);
            return holders.Count < DirectHolders.Longest;
        }
        catch (RefusedException)
        {
            return false;
        }
    }
}
