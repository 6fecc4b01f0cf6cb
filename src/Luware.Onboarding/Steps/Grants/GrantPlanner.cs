using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Compares what was read with what is wanted: the group has the policy, and for the test users it is the one in force.</summary>
internal sealed class GrantPlanner(
    PoliciesChoice policy, GrantsChoice choice, RecordedUsers recorded, IReadOnlyList<GroupAssignment> assignments, IReadOnlyDictionary<Guid, EffectivePolicy> effective,
    IReadOnlyList<FoundLink> links, Trials trials)
{
    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private readonly GroupAssignment? assignment = assignments.FirstOrDefault(a => a.GroupId == recorded.Group?.Id);

    /// <summary>What the policy does counts, not only what it is meant to do: it may have been made or changed by hand.</summary>
    private readonly bool canStopCalls = policy.FailClose || links.Any(l => l.Rules.CanStopCalls);

    private readonly List<GroupMember> testers = [.. choice.TestUsers.Select(recorded.Find).OfType<GroupMember>()];

    public bool IsGranted => assignment?.IsOf(policy.Name) == true;

    /// <summary>Who has the policy alone before the group gets it; null where nobody needs to.</summary>
    private GroupMember? First => canStopCalls && assignment is null ? testers.FirstOrDefault() : null;

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
        if (choice.TestUsers.Count - testers.Count is > 0 and var strangers)
            yield return new Sentence("Grants.Question.NotInGroup", Number(strangers), group.DisplayName);
        if (First is { } first && effective[first.Id].Defeats(policy.Name))
            yield return new Sentence("Grants.Question.FirstHasOther", RecordedUsers.NameOf(first), effective[first.Id].Direct!);
    }

    public IEnumerable<PlannedObject> Objects()
    {
        yield return Group();
        if (First is { } first)
            yield return Trial(first);
        yield return Assignment();
        var ends = TrialsToEnd().ToHashSet();
        foreach (var member in testers)
        {
            yield return Effect(member);
            if (ends.Remove(member.Id))
                yield return TrialEnd(member.Id);
        }

        foreach (var user in ends)
            yield return TrialEnd(user);
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

    private PlannedObject Trial(GroupMember first)
    {
        var (name, kind, read) = (RecordedUsers.NameOf(first), new Sentence("Grants.Kind.Trial"), effective[first.Id]);
        if (read.Is(policy.Name))
            return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Found, new Sentence("Grants.Trial.Found", policy.Name), ReadingOf(first.Id));
        if (read.Defeats(policy.Name))
            return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Different, new Sentence("Grants.Effect.Defeated", read.Direct!), ReadingOf(first.Id));

        var command = GrantCommands.Try(first.Id, policy.Name);
        var impact = Impact.OfTrial(name, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(Trials.Key(first.Id), new Sentence("Grants.Try", policy.Name, name), command, Roles, impact);
        return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Missing, new Sentence("Grants.Trial.Missing"), TeamsActions.Detail(command), action);
    }

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
        var impact = new Impact(recorded.People.Count, canStopCalls, new Sentence("Impact.WithinADay"))
        {
            TestUsers = [.. testers.Select(RecordedUsers.NameOf)],
            TriedBy = First is { } first && effective[first.Id].Is(policy.Name) ? RecordedUsers.NameOf(first) : null,
        };
        var action = TeamsActions.Action(GrantKey(group.Id), new Sentence("Grants.Grant", policy.Name, group.DisplayName), command, Roles, impact);
        return new PlannedObject("assignment", name, kind, ObjectState.Missing, new Sentence("Grants.Assignment.Missing"), TeamsActions.Detail(command), action);
    }

    private PlannedObject Effect(GroupMember member)
    {
        var name = RecordedUsers.NameOf(member);
        var read = effective[member.Id];
        var (state, what) = read switch
        {
            _ when read.IsInForce(policy.Name, trials.IsOn(member.Id, read, policy.Name)) => (ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name)),
            _ when read.Defeats(policy.Name) => (ObjectState.Different, new Sentence("Grants.Effect.Defeated", read.Direct!)),
            _ when IsGranted => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        // Nothing can be done but wait. It is an action all the same, so that the run says whom it waits for and looks again.
        var wait = new PlannedAction(
            AwaitKey(member.Id), new Sentence("Grants.Await", name), $"await {policy.Name} in force for {member.Id}", Roles: [], Impact.Nobody);
        return new PlannedObject($"effect/{member.Id}", name, new Sentence("Grants.Kind.Effect"), state, what, ReadingOf(member.Id), state == ObjectState.Found ? null : wait);
    }

    /// <summary>What was given for a trial alone goes again once the group brings the policy; whoever has the policy by somebody else's hand keeps it.</summary>
    private IEnumerable<Guid> TrialsToEnd()
    {
        var needed = First is { } first && !effective[first.Id].Is(policy.Name) && !effective[first.Id].Defeats(policy.Name) ? first.Id : (Guid?)null;
        return trials.Begun.Where(u => effective[u].IsDirect(policy.Name)).Union(needed is { } user ? [user] : []);
    }

    private PlannedObject TrialEnd(Guid user) =>
        Trials.End(user, recorded.NameOf(user), IsGranted ? ObjectState.Different : ObjectState.Later);

    private string ReadingOf(Guid user)
    {
        var read = effective[user];
        return $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(user))}\n→ {read.Name ?? "–"}{(read.Direct is null ? string.Empty : " (Direct)")}";
    }

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    public static string GrantKey(Guid group) => $"grant/{group}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
