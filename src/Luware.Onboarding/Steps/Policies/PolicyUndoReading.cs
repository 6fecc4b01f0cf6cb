using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Whitelisting;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>What is there of all policies when they are to be taken back.</summary>
/// <param name="Ours">Object ids of the application instances that the portal knows, former ones among them.</param>
/// <param name="HeldDirectly">Policies that somebody was granted directly although nobody had them any more when it was last looked for.</param>
/// <param name="Elsewhere">Names of groups that the portal knows nothing of, by the policy that they have.</param>
internal sealed record PolicyUndoReading(
    IReadOnlyList<FoundPolicy> Policies, IReadOnlyList<FoundLink> Links, IReadOnlyList<GroupAssignment> Assignments,
    IReadOnlySet<Guid> Ours, IReadOnlySet<string> HeldDirectly, ILookup<string, string> Elsewhere)
{
    public static async Task<PolicyUndoReading> ReadAsync(ITeams teams, IDirectory directory, StepContext context, IEnumerable<string> made, CancellationToken cancellationToken)
    {
        var policies = await teams.InvokeAsync(context.Access, PolicyCommands.ListPolicies, cancellationToken);
        var links = await FoundLink.ListAsync(teams, context.Access, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var known = GrantsStep.KnownGroups(context).ToHashSet();
        var elsewhere = new List<(string Policy, string Group)>();
        foreach (var assignment in assignments.Where(a => !known.Contains(a.GroupId)))
            elsewhere.Add((assignment.PolicyName, (await directory.FindGroupAsync(context.Access, assignment.GroupId, cancellationToken))?.DisplayName ?? $"{assignment.GroupId}"));

        var held = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var policy in made.Where(p => PolicyUndo.UnassignedSince(context.Past, p) is not null))
        {
            if ((await teams.InvokeAsync(context.Access, DirectHolders.HoldersOf(policy), cancellationToken)).Objects.Count > 0)
                held.Add(policy);
        }

        return new PolicyUndoReading(
            [.. policies.Objects.Select(FoundPolicy.From).OfType<FoundPolicy>()], links, assignments,
            FormerInstances.WithWanted(context), held, elsewhere.ToLookup(e => e.Policy, e => e.Group, StringComparer.OrdinalIgnoreCase));
    }

    public FoundPolicy? Find(string policy) => Policies.FirstOrDefault(p => TeamsAnswers.IsSameName(p.Name, policy));

    public IEnumerable<FoundLink> LinksOf(string policy) => Links.Where(l => l.IsOf(policy));

    /// <summary>To a group or directly: the wait begins anew after it.</summary>
    public bool IsAssigned(string policy) => Assignments.Any(a => a.IsOf(policy)) || HeldDirectly.Contains(policy);

    /// <summary>Another recorder than Luware's is in it: it is not the portal's to take apart.</summary>
    public bool IsShared(string policy) => LinksOf(policy).Any(l => !Ours.Contains(l.ObjectId));
}
