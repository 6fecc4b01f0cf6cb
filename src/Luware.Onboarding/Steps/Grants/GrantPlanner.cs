using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Compares what was read with what is wanted: the group has the policy, and for the test users it is the one in force.</summary>
internal sealed class GrantPlanner(
    PoliciesChoice policy, GrantsChoice choice, RecordedUsers recorded, IReadOnlyList<GroupAssignment> assignments, IReadOnlyDictionary<Guid, EffectivePolicy> effective,
    IReadOnlyList<FoundLink> links)
{
    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private readonly GroupAssignment? assignment = assignments.FirstOrDefault(a => a.GroupId == recorded.Group?.Id);

    public bool IsGranted => assignment?.IsOf(policy.Name) == true;

    public IEnumerable<Sentence> Questions()
    {
        if (recorded.Group is not { } group)
        {
            yield return recorded.NamedAsRecommended > 1
                ? new Sentence("Grants.Question.SeveralGroups", Number(recorded.NamedAsRecommended), GrantsChoice.RecommendedGroup)
                : new Sentence("Grants.Question.NoGroup", GrantsChoice.RecommendedGroup);
            yield break;
        }

        if (assignment is not null && !IsGranted)
            yield return new Sentence("Grants.Question.OtherPolicy", group.DisplayName, assignment.PolicyName);
        if (recorded.People.Count == 0)
            yield return new Sentence("Grants.Question.NobodyInGroup", group.DisplayName);
        else if (choice.TestUsers.Count == 0)
            yield return new Sentence("Grants.Question.NoTestUser");
        if (choice.TestUsers.Count(u => recorded.Find(u) is null) is > 0 and var strangers)
            yield return new Sentence("Grants.Question.NotInGroup", Number(strangers), group.DisplayName);
    }

    public IEnumerable<PlannedObject> Objects()
    {
        yield return Group();
        yield return Assignment();
        foreach (var member in choice.TestUsers.Select(recorded.Find).OfType<GroupMember>())
            yield return Effect(member);
    }

    private PlannedObject Group()
    {
        var kind = new Sentence("Grants.Kind.Group");
        return recorded.Group is { } group
            ? new PlannedObject("group", group.DisplayName, kind, ObjectState.Found, MembersOf(), $"GET /v1.0/groups/{group.Id}/members\n→ {Number(recorded.Members.Count)} direct members")
            : new PlannedObject("group", GrantsChoice.RecommendedGroup, kind, ObjectState.Later, new Sentence("Grants.Group.ToPick"), RecordedUsers.Request);
    }

    private Sentence MembersOf() => (recorded.People.Count, recorded.NestedGroups) switch
    {
        (1, 0) => new Sentence("Grants.Group.One"),
        (var people, 0) => new Sentence("Grants.Group.Many", Number(people)),
        var (people, nested) => new Sentence("Grants.Group.Nested", Number(people), Number(nested)),
    };

    private PlannedObject Assignment()
    {
        var kind = new Sentence("Grants.Kind.Assignment");
        if (recorded.Group is not { } group)
            return new PlannedObject("assignment", policy.Name, kind, ObjectState.Later, new Sentence("Grants.Assignment.Later"), RecordedUsers.Request);

        var name = $"{policy.Name} → {group.DisplayName}";
        var found = $"{TeamsActions.Detail(GroupAssignments.List)}\n→ {group.Id}: {assignment?.PolicyName}";
        if (IsGranted)
            return new PlannedObject("assignment", name, kind, ObjectState.Found, new Sentence("Grants.Assignment.Found"), found);
        if (assignment is not null)
            return new PlannedObject("assignment", name, kind, ObjectState.Different, new Sentence("Grants.Assignment.Other", assignment.PolicyName), found);

        var command = GrantCommands.Grant(group.Id, policy.Name);
        var action = TeamsActions.Action($"grant/{group.Id}", new Sentence("Grants.Grant", policy.Name, group.DisplayName), command, Roles, ImpactOfGrant());
        return new PlannedObject("assignment", name, kind, ObjectState.Missing, new Sentence("Grants.Assignment.Missing"), TeamsActions.Detail(command), action);
    }

    /// <summary>What the policy does counts, not only what it is meant to do: it may have been made or changed by hand.</summary>
    private Impact ImpactOfGrant() => new(recorded.People.Count, policy.FailClose || links.Any(l => l.Rules.CanStopCalls), new Sentence("Impact.WithinADay"))
    {
        TestUsers = [.. choice.TestUsers.Select(recorded.Find).OfType<GroupMember>().Select(RecordedUsers.NameOf)],
    };

    private PlannedObject Effect(GroupMember member)
    {
        var name = RecordedUsers.NameOf(member);
        var read = effective[member.Id];
        var detail = $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(member.Id))}\n→ {read.Name ?? "–"}{(read.IsDirect ? " (Direct)" : string.Empty)}";
        var (state, what) = read switch
        {
            _ when read.Is(policy.Name) => (ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name)),
            _ when read.Defeats(policy.Name) => (ObjectState.Different, new Sentence("Grants.Effect.Defeated", read.Name ?? string.Empty)),
            _ when IsGranted => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        // Nothing can be done but wait. It is an action all the same, so that the run says whom it waits for and looks again.
        var wait = new PlannedAction(
            AwaitKey(member.Id), new Sentence("Grants.Await", name), $"await {policy.Name} in force for {member.Id}", Roles: [], Impact.Nobody);
        return new PlannedObject($"effect/{member.Id}", name, new Sentence("Grants.Kind.Effect"), state, what, detail, state == ObjectState.Found ? null : wait);
    }

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
