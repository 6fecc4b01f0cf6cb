using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Compares what was read with what is wanted: the groups have the policy, and for the test users it is the one in force.</summary>
internal sealed class GrantPlanner(
    PoliciesChoice policy, GrantsChoice choice, IReadOnlyList<RecordedUsers> groups, IReadOnlyList<GroupAssignment> assignments,
    IReadOnlyDictionary<Guid, EffectivePolicy> effective, IReadOnlyList<FoundLink> links, Trials trials)
{
    public const string AwaitTesterKey = "await-test-user";

    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    /// <summary>What the policy does counts, not only what it is meant to do: it may have been made or changed by hand.</summary>
    private readonly bool canStopCalls = policy.FailClose || links.Any(l => l.Rules.CanStopCalls);

    private readonly List<Person> testers = [.. groups.SelectMany(g => g.Testers).DistinctBy(t => t.Id)];

    public bool IsGranted => groups.All(HasPolicy);

    /// <summary>Who has the policy alone before a group gets it; null where nobody needs to, because none is left or one has it already.</summary>
    private Person? First => canStopCalls && !groups.Any(HasPolicy) && groups.Any(g => AssignmentOf(g) is null) ? testers.FirstOrDefault() : null;

    public IEnumerable<Sentence> Questions()
    {
        foreach (var question in groups.SelectMany(About))
            yield return question;
        if (groups is [{ IsPicked: true, Group: not null, People.Count: > 0 } picked])
        {
            if (choice.TestUsers.Count == 0)
                yield return new Sentence("Grants.Question.NoTestUser");
            if (choice.TestUsers.Count - picked.Testers.Count is > 0 and var strangers)
                yield return new Sentence("Grants.Question.NotInGroup", Number(strangers), picked.Name);
        }

        if (First is { } first && effective[first.Id].Defeats(policy.Name))
            yield return new Sentence("Grants.Question.FirstHasOther", first.Name, effective[first.Id].Direct!);
    }

    public IEnumerable<PlannedObject> Objects()
    {
        foreach (var group in groups.Where(g => g.IsPicked))
            yield return Picked(group);
        if (testers.Count == 0)
            yield return NoTester();
        if (First is { } first)
            yield return Trial(first);
        foreach (var group in groups)
            yield return Assignment(group);
        var ends = TrialsToEnd().ToHashSet();
        foreach (var tester in testers)
        {
            yield return Effect(tester);
            if (ends.Remove(tester.Id))
                yield return TrialEnd(tester.Id);
        }

        foreach (var user in ends)
            yield return TrialEnd(user);
    }

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    public static string GrantKey(string identity) => $"grant/{identity}";

    private IEnumerable<Sentence> About(RecordedUsers recorded)
    {
        if (recorded.Group is null && recorded.IsPicked)
            yield return new Sentence("Grants.Question.GroupGone", recorded.Name);
        if (AssignmentOf(recorded) is { } assignment && !HasPolicy(recorded))
            yield return new Sentence("Grants.Question.OtherPolicy", recorded.Name, assignment.PolicyName);
        if (recorded is { Group: not null, Reach: 0 })
            yield return new Sentence("Grants.Question.NobodyInGroup", recorded.Name);
    }

    private static PlannedObject Picked(RecordedUsers recorded)
    {
        var kind = new Sentence("Grants.Kind.Group");
        var request = $"GET /v1.0/groups/{recorded.Identity}/members";
        return recorded.Group is null
            ? new PlannedObject("group", recorded.Name, kind, ObjectState.Later, new Sentence("Grants.Group.Gone"), request)
            : new PlannedObject("group", recorded.Name, kind, ObjectState.Found, MembersOf(recorded), $"{request}\n→ {Number(recorded.Members.Count)} direct members");
    }

    private static Sentence MembersOf(RecordedUsers recorded) => (recorded.People.Count, recorded.NestedGroups) switch
    {
        (1, 0) => new Sentence("Grants.Group.One"),
        (var people, 0) => new Sentence("Grants.Group.Many", Number(people)),
        var (people, nested) => new Sentence("Grants.Group.Nested", Number(people), Number(nested)),
    };

    /// <summary>Nobody was chosen for now: everything else goes on, and the grant waits for the person who chooses.</summary>
    private static PlannedObject NoTester()
    {
        var action = new PlannedAction(AwaitTesterKey, new Sentence("Grants.AwaitTester"), "await a test user", Roles: [], Impact.Nobody);
        return new PlannedObject(AwaitTesterKey, "–", new Sentence("Grants.Kind.Trial"), ObjectState.Later, new Sentence("Grants.Trial.Nobody"), string.Empty, action);
    }

    private PlannedObject Trial(Person first)
    {
        var (name, kind, read) = (first.Name, new Sentence("Grants.Kind.Trial"), effective[first.Id]);
        if (read.Is(policy.Name))
            return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Found, new Sentence("Grants.Trial.Found", policy.Name), ReadingOf(first.Id));
        if (read.Defeats(policy.Name))
            return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Different, new Sentence("Grants.Effect.Defeated", read.Direct!), ReadingOf(first.Id));

        var command = GrantCommands.Try(first.Id, policy.Name);
        var impact = Impact.OfTrial(name, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(Trials.Key(first.Id), new Sentence("Grants.Try", policy.Name, name), command, Roles, impact);
        return new PlannedObject(Trials.Key(first.Id), name, kind, ObjectState.Missing, new Sentence("Grants.Trial.Missing"), TeamsActions.Detail(command), action);
    }

    private PlannedObject Assignment(RecordedUsers recorded)
    {
        var (key, name, kind) = ($"assignment/{recorded.Identity}", $"{policy.Name} → {recorded.Name}", new Sentence("Grants.Kind.Assignment"));
        var assignment = AssignmentOf(recorded);
        var found = $"{TeamsActions.Detail(GroupAssignments.List)}\n→ {recorded.Id}: {assignment?.PolicyName}";
        if (HasPolicy(recorded))
            return new PlannedObject(key, name, kind, ObjectState.Found, new Sentence("Grants.Assignment.Found"), found);
        if (assignment is not null)
            return new PlannedObject(key, name, kind, ObjectState.Different, new Sentence("Grants.Assignment.Other", assignment.PolicyName), found);

        var command = GrantCommands.Grant(recorded.Id, recorded.Name, policy.Name);
        if (recorded.IsUnread)
            return new PlannedObject(key, name, kind, ObjectState.Unknown, new Sentence("Grants.Assignment.Unread"), found);
        if (testers.Count == 0)
            return new PlannedObject(key, name, kind, ObjectState.Later, new Sentence("Grants.Assignment.Later"), TeamsActions.Detail(command));

        var (state, what) = recorded.Group is null
            ? (ObjectState.Later, new Sentence("Grants.Assignment.ToCome"))
            : (ObjectState.Missing, new Sentence("Grants.Assignment.Missing"));
        return new PlannedObject(key, name, kind, state, what, TeamsActions.Detail(command), Grant(recorded, command));
    }

    private PlannedAction Grant(RecordedUsers recorded, TeamsCommand command)
    {
        var impact = new Impact(recorded.Reach, canStopCalls, new Sentence("Impact.WithinADay"))
        {
            TestUsers = [.. recorded.Testers.Select(t => t.Name)],
            TriedBy = First is { } first && effective[first.Id].Is(policy.Name) ? first.Name : null,
        };
        // A group of step 1 may be made by the same run: the approval names it by what is known before.
        var approved = recorded.Id?.ToString() == recorded.Identity ? null : GrantCommands.Grant(null, recorded.Identity, policy.Name);
        return TeamsActions.Action(GrantKey(recorded.Identity), new Sentence("Grants.Grant", policy.Name, recorded.Name), command, Roles, impact, approved);
    }

    private PlannedObject Effect(Person tester)
    {
        var read = effective[tester.Id];
        var (state, what) = read switch
        {
            _ when read.IsInForce(policy.Name, trials.IsOn(tester.Id, read, policy.Name)) => (ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name)),
            _ when read.Defeats(policy.Name) => (ObjectState.Different, new Sentence("Grants.Effect.Defeated", read.Direct!)),
            _ when groups.Any(g => HasPolicy(g) && g.Testers.Any(t => t.Id == tester.Id)) => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        // Nothing can be done but wait. It is an action all the same, so that the run says whom it waits for and looks again.
        var wait = new PlannedAction(
            AwaitKey(tester.Id), new Sentence("Grants.Await", tester.Name), $"await {policy.Name} in force for {tester.Id}", Roles: [], Impact.Nobody);
        return new PlannedObject(
            $"effect/{tester.Id}", tester.Name, new Sentence("Grants.Kind.Effect"), state, what, ReadingOf(tester.Id), state == ObjectState.Found ? null : wait);
    }

    /// <summary>What was given for a trial alone goes again once the group brings the policy; whoever has the policy by somebody else's hand keeps it.</summary>
    private IEnumerable<Guid> TrialsToEnd()
    {
        var needed = First is { } first && !effective[first.Id].Is(policy.Name) && !effective[first.Id].Defeats(policy.Name) ? first.Id : (Guid?)null;
        return trials.Begun.Where(u => effective[u].IsDirect(policy.Name)).Union(needed is { } user ? [user] : []);
    }

    private PlannedObject TrialEnd(Guid user) => Trials.End(
        user, groups.Select(g => g.NameOf(user)).OfType<string>().FirstOrDefault() ?? $"{user}", IsGranted ? ObjectState.Different : ObjectState.Later);

    private GroupAssignment? AssignmentOf(RecordedUsers recorded) => recorded.Id is { } id ? assignments.FirstOrDefault(a => a.GroupId == id) : null;

    private bool HasPolicy(RecordedUsers recorded) => AssignmentOf(recorded)?.IsOf(policy.Name) == true;

    private string ReadingOf(Guid user)
    {
        var read = effective[user];
        return $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(user))}\n→ {read.Name ?? "–"}{(read.Direct is null ? string.Empty : " (Direct)")}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
