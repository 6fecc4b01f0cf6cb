using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Whitelisting;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>What exists of all policies when they are to be undone.</summary>
/// <param name="Ours">The application instances that the portal knows, including former ones: what each is called, by object id.</param>
/// <param name="HeldDirectly">Policies that somebody was granted directly after the last check had found nobody.</param>
/// <param name="Elsewhere">Names of groups that the portal does not know, by the policy of the portal's that they have.</param>
internal sealed record PolicyUndoReading(
    IReadOnlyList<FoundPolicy> Policies, IReadOnlyList<FoundLink> Links, IReadOnlyList<GroupAssignment> Assignments,
    IReadOnlyDictionary<Guid, string> Ours, IReadOnlySet<string> HeldDirectly, ILookup<string, string> Elsewhere)
{
    public static async Task<PolicyUndoReading> ReadAsync(
        ITeams teams, IDirectory directory, StepContext context, IReadOnlyCollection<string> made, CancellationToken cancellationToken)
    {
        var policies = await FoundPolicy.ListAsync(teams, context.Access, cancellationToken);
        var links = await FoundLink.ListAsync(teams, context.Access, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var known = GrantsStep.KnownGroups(context).ToHashSet();
        var elsewhere = new List<(string Policy, string Group)>();
        foreach (var assignment in assignments.Where(a => !known.Contains(a.GroupId) && made.Any(a.IsOf)))
        {
            var group = await directory.FindGroupAsync(context.Access, assignment.GroupId, cancellationToken);
            elsewhere.Add((assignment.PolicyName, group?.DisplayName ?? $"{assignment.GroupId}"));
        }

        var held = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // Teams refuses to look for holders of a policy that is gone.
        foreach (var policy in made.Where(p => PolicyUndo.UnassignedSince(context.Past, p) is not null
            && policies.Any(f => TeamsAnswers.IsSameName(f.Name, p))))
        {
            if ((await DirectHolders.ListAsync(teams, context.Access, policy, cancellationToken)).Count > 0)
                held.Add(policy);
        }

        var ours = FormerInstances.WithWanted(context);
        return new PolicyUndoReading(
            policies, links, assignments, ours, held, elsewhere.ToLookup(e => e.Policy, e => e.Group, StringComparer.OrdinalIgnoreCase));
    }

    public FoundPolicy? Find(string policy) => Policies.FirstOrDefault(p => TeamsAnswers.IsSameName(p.Name, policy));

    public IEnumerable<FoundLink> LinksOf(string policy) => Links.Where(l => l.IsOf(policy));

    /// <summary>True if the policy is assigned to a group or directly; the wait starts again after that.</summary>
    public bool IsAssigned(string policy) => Assignments.Any(a => a.IsOf(policy)) || HeldDirectly.Contains(policy);

    /// <summary>True if it invites a recorder other than Luware's, so the portal must not dismantle it.</summary>
    public bool IsShared(string policy) => LinksOf(policy).Any(l => !Ours.ContainsKey(l.ObjectId));
}
