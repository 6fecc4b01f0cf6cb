using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Compares what was read with what is wanted: the groups have the policy, and for the test users it is the one in force.</summary>
internal sealed class GrantPlanner(
    PolicyChoice policy, GrantsChoice choice, IReadOnlyList<RecordedUsers> groups, IReadOnlyList<GroupAssignment> assignments,
    IReadOnlyDictionary<Guid, EffectivePolicy> effective, IReadOnlyList<FoundLink> links, Trials trials)
{
    public const string GrantPrefix = "grant/";
    public const string AwaitTesterKey = "await-test-user";

    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    /// <summary>What the policy does counts, not only what it is meant to do: it may have been made or changed by hand.</summary>
    private readonly bool canStopCalls = policy.CanStopCalls || links.Any(l => l.Rules.CanStopCalls);

    private readonly List<Person> testers = [.. groups.SelectMany(g => g.Testers).DistinctBy(t => t.Id)];

    public bool IsGranted => groups.All(HasPolicy);

    private Person? First => testers.FirstOrDefault();

    /// <summary>Who is to have the policy alone before a group gets it; null where nobody needs to, because none is left or somebody has it already by a group.</summary>
    public Person? Trialist =>
        canStopCalls && groups.Any(g => AssignmentOf(g) is null) && !testers.Exists(t => effective[t.Id].Is(policy.Name) && !effective[t.Id].IsDirect(policy.Name)) ? First : null;

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

        if (Trialist is { } first && Rival(first.Id) is { } rival)
            yield return new Sentence("Grants.Question.FirstHasOther", first.Name, rival);
    }

    public IEnumerable<PlannedObject> Objects()
    {
        foreach (var group in groups.Where(g => g.IsPicked))
            yield return Picked(group);
        if (First is null)
            yield return NoTester();
        var current = First is { } one ? trials.Find(one.Id, policy.Name) : null;
        foreach (var stale in trials.Open.Where(t => t != current && Trials.CanEnd(t, effective[t.User])))
            yield return Trials.End(stale, NameOf(stale.User), ObjectState.Different);

        if (Trialist is { } first)
        {
            yield return TrialOf(first);
            if (AwaitsTrial(first))
            {
                yield return TrialEffect(first);
                current ??= new Trial(first.Id, policy.Name);
            }
        }

        foreach (var group in groups)
            yield return Assignment(group);
        foreach (var tester in testers)
        {
            yield return Effect(tester);
            if (current?.User == tester.Id && Trials.CanEnd(current, effective[tester.Id]))
                yield return Trials.End(current, tester.Name, IsGranted ? ObjectState.Different : ObjectState.Later);
        }
    }

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    public static string AwaitTrialKey(Guid user) => $"await-trial/{user}";

    public static string GrantKey(string identity, string policy) => $"{GrantPrefix}{identity}/{policy}";

    private IEnumerable<Sentence> About(RecordedUsers recorded)
    {
        if (recorded is { Group: null, IsPicked: true })
            yield return new Sentence("Grants.Question.GroupGone", recorded.Identity);
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
        var action = new PlannedAction(AwaitTesterKey, new Sentence("Grants.AwaitTester"), "await a test user", Roles: [], Impact.Nobody) { OnlyWaits = true };
        return new PlannedObject(AwaitTesterKey, "–", new Sentence("Grants.Kind.Trial"), ObjectState.Later, new Sentence("Grants.Trial.Nobody"), string.Empty, action);
    }

    private PlannedObject TrialOf(Person first)
    {
        var (kind, trial) = (new Sentence("Grants.Kind.Trial"), new Trial(first.Id, policy.Name));
        if (effective[first.Id].Is(policy.Name))
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name), ReadingOf(first.Id));
        if (Rival(first.Id) is { } rival)
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Different, RivalWords(first.Id, rival), ReadingOf(first.Id));
        if (trials.AcceptedAt(first.Id, policy.Name) is not null)
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay"), ReadingOf(first.Id));

        var command = GrantCommands.Try(first.Id, policy.Name);
        var action = TeamsActions.Action(
            trial.Key, new Sentence("Grants.Try", policy.Name, first.Name), command, Roles, Impact.OfTrial(first.Name, new Sentence("Impact.WithinADay")));
        return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Missing, new Sentence("Grants.Trial.Missing"), TeamsActions.Detail(command), action);
    }

    private bool AwaitsTrial(Person first) => !effective[first.Id].Is(policy.Name) && Rival(first.Id) is null;

    private PlannedObject TrialEffect(Person first) => new(
        $"trial-effect/{first.Id}", first.Name, new Sentence("Grants.Kind.Effect"), ObjectState.Later, new Sentence("Grants.Trial.Later"),
        ReadingOf(first.Id), Wait(AwaitTrialKey(first.Id), "Grants.AwaitTrial", first));

    private PlannedObject Assignment(RecordedUsers recorded)
    {
        var (key, name, kind) = ($"assignment/{recorded.Identity}", $"{policy.Name} → {recorded.Name}", new Sentence("Grants.Kind.Assignment"));
        var assignment = AssignmentOf(recorded);
        var found = $"{TeamsActions.Detail(GroupAssignments.List)}\n→ {recorded.Id}: {assignment?.PolicyName}";
        if (HasPolicy(recorded))
            return new PlannedObject(key, name, kind, ObjectState.Found, new Sentence("Grants.Assignment.Found"), found);
        if (assignment is not null)
            return new PlannedObject(key, name, kind, ObjectState.Different, new Sentence("Grants.Assignment.Other", assignment.PolicyName), found);
        if (recorded.IsUnread)
            return new PlannedObject(key, name, kind, ObjectState.Unknown, new Sentence("Grants.Assignment.Unread"), found);

        var command = GrantCommands.Grant(recorded.Id, recorded.Name, policy.Name);
        if (First is null)
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
            TriedBy = testers.Find(t => effective[t.Id].Is(policy.Name))?.Name,
        };
        // A group of step 1 may be made by the same run: the approval names it by what is known before.
        var approved = recorded.Id?.ToString() == recorded.Identity ? null : GrantCommands.Grant(null, recorded.Identity, policy.Name);
        return TeamsActions.Action(GrantKey(recorded.Identity, policy.Name), new Sentence("Grants.Grant", policy.Name, recorded.Name), command, Roles, impact, approved);
    }

    private PlannedObject Effect(Person tester)
    {
        var (state, what) = effective[tester.Id] switch
        {
            var read when read.IsInForce(policy.Name, IsOnTrial(tester.Id)) => (ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name)),
            _ when Rival(tester.Id) is { } rival => (ObjectState.Different, RivalWords(tester.Id, rival)),
            _ when groups.Any(g => HasPolicy(g) && g.Testers.Contains(tester)) => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        return new PlannedObject(
            $"{GrantsStep.EffectPrefix}{tester.Id}", tester.Name, new Sentence("Grants.Kind.Effect"), state, what, ReadingOf(tester.Id),
            state == ObjectState.Found ? null : Wait(AwaitKey(tester.Id), "Grants.Await", tester));
    }

    /// <summary>Nothing can be done but wait. It is an action all the same, so that the run says whom it waits for and looks again.</summary>
    private PlannedAction Wait(string key, string title, Person tester) => new(
        key, new Sentence(title, tester.Name), $"await {policy.Name} in force for {tester.Id}", Roles: [], Impact.Nobody) { OnlyWaits = true };

    private bool IsOnTrial(Guid user) => trials.Find(user, policy.Name) is not null && effective[user].IsDirect(policy.Name);

    /// <summary>A policy of others that keeps ours from the person; one that the portal itself has given on trial goes by itself.</summary>
    private string? Rival(Guid user) =>
        effective[user].Rival(policy.Name, IsOnTrial(user)) is { } rival && trials.Find(user, rival) is null ? rival : null;

    private Sentence RivalWords(Guid user, string rival) => new(effective[user].IsDirect(rival) ? "Grants.Effect.Defeated" : "Grants.Effect.Outranked", rival);

    private GroupAssignment? AssignmentOf(RecordedUsers recorded) => recorded.Id is { } id ? assignments.FirstOrDefault(a => a.GroupId == id) : null;

    private bool HasPolicy(RecordedUsers recorded) => AssignmentOf(recorded)?.IsOf(policy.Name) == true;

    private string NameOf(Guid user) => groups.Select(g => g.Find(user)?.Name).OfType<string>().FirstOrDefault() ?? user.ToString();

    private string ReadingOf(Guid user)
    {
        var read = effective[user];
        return $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(user))}\n→ {read.Name ?? "–"}{(read.Direct is null ? string.Empty : " (Direct)")}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
