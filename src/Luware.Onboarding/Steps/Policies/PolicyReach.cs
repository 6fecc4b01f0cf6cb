using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Counts the people affected by a change of policies. Group members without guests are counted; people with a direct grant cannot be counted.</summary>
internal static class PolicyReach
{
    public static async Task<int> CountAsync(IDirectory directory, TenantAccess access, IEnumerable<GroupAssignment> assignments, CancellationToken cancellationToken)
    {
        var people = new HashSet<Guid>();
        foreach (var assignment in assignments)
        {
            if (await directory.FindGroupAsync(access, assignment.GroupId, cancellationToken) is not null)
                people.UnionWith((await directory.GetMembersAsync(access, assignment.GroupId, cancellationToken)).Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()).Where(p => !p.IsGuest).Select(p => p.Id));
        }
        return people.Count;
    }

    /// <summary>
    /// The impact of changing the application of an application instance: policies that invite the instance then wait for the new application.
    /// </summary>
    public static async Task<Impact> OfInstanceAsync(ITeams teams, IDirectory directory, TenantAccess access, Guid objectId, CancellationToken cancellationToken)
    {
        try
        {
            var policies = (await FoundLink.ListAsync(teams, access, cancellationToken))
                .Where(l => l.Rules.CanStopCalls && (l.ObjectId == objectId || l.Paired.Contains(objectId))).Select(l => l.Policy).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (policies.Count == 0)
                return Impact.Nobody;

            var assignments = await GroupAssignments.ListAsync(teams, access, cancellationToken);
            return Stopping(await CountAsync(directory, access, assignments.Where(a => policies.Contains(a.PolicyName)), cancellationToken));
        }
        catch (RefusedException refused) when (refused.Answer is { } answer && (answer.MeansAccessDenied() || answer.MeansCmdletNotOffered()))
        {
            // A person who may create accounts may lack the right to read policies; then the change may affect anybody.
            return Stopping(people: 0);
        }
    }

    private static Impact Stopping(int people) => new(people, CanStopCalls: true, new Sentence("Impact.WithinADay"));
}
