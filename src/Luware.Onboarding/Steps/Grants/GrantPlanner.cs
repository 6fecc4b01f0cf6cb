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
    public const string GrantPrefix = "grant/";

    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator];

    private readonly GroupAssignment? assignment = assignments.FirstOrDefault(a => a.GroupId == recorded.Group?.Id);

    /// <summary>What the policy does counts, not only what it is meant to do: it may have been made or changed by hand.</summary>
    private readonly bool canStopCalls = policy.FailClose || links.Any(l => l.Rules.CanStopCalls);

    private readonly List<GroupMember> testers = [.. choice.TestUsers.Select(recorded.Find).OfType<GroupMember>()];

    public bool IsGranted => assignment?.IsOf(policy.Name) == true;

    private GroupMember? First => testers.FirstOrDefault();

    /// <summary>Who is to have the policy alone before the group gets it; null where nobody needs to.</summary>
    public GroupMember? Trialist => canStopCalls && assignment is null ? First : null;

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
        if (Trialist is { } first && Rival(first.Id) is { } rival)
            yield return new Sentence("Grants.Question.FirstHasOther", RecordedUsers.NameOf(first), rival);
    }

    public IEnumerable<PlannedObject> Objects()
    {
        yield return Group();
        var current = First is { } one ? trials.Find(one.Id, policy.Name) : null;
        foreach (var stale in trials.Open.Where(t => t != current && Trials.CanEnd(t, effective[t.User])))
            yield return Trials.End(stale, recorded.NameOf(stale.User), ObjectState.Different);

        if (Trialist is { } first)
        {
            yield return TrialOf(first);
            if (AwaitsTrial(first))
            {
                yield return TrialEffect(first);
                current ??= new Trial(first.Id, policy.Name);
            }
        }

        yield return Assignment();
        foreach (var member in testers)
        {
            yield return Effect(member);
            if (current?.User == member.Id && Trials.CanEnd(current, effective[member.Id]))
                yield return Trials.End(current, RecordedUsers.NameOf(member), IsGranted ? ObjectState.Different : ObjectState.Later);
        }
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

    private PlannedObject TrialOf(GroupMember first)
    {
        var (name, kind, trial) = (RecordedUsers.NameOf(first), new Sentence("Grants.Kind.Trial"), new Trial(first.Id, policy.Name));
        if (effective[first.Id].Is(policy.Name))
            return new PlannedObject(trial.Key, name, kind, ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name), ReadingOf(first.Id));
        if (Rival(first.Id) is { } rival)
            return new PlannedObject(trial.Key, name, kind, ObjectState.Different, RivalWords(first.Id, rival), ReadingOf(first.Id));
        if (trials.AcceptedAt(first.Id, policy.Name) is not null)
            return new PlannedObject(trial.Key, name, kind, ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay"), ReadingOf(first.Id));

        var command = GrantCommands.Try(first.Id, policy.Name);
        var action = TeamsActions.Action(trial.Key, new Sentence("Grants.Try", policy.Name, name), command, Roles, Impact.OfTrial(name, new Sentence("Impact.WithinADay")));
        return new PlannedObject(trial.Key, name, kind, ObjectState.Missing, new Sentence("Grants.Trial.Missing"), TeamsActions.Detail(command), action);
    }

    private bool AwaitsTrial(GroupMember first) => !effective[first.Id].Is(policy.Name) && Rival(first.Id) is null;

    private PlannedObject TrialEffect(GroupMember first) => new(
        $"trial-effect/{first.Id}", RecordedUsers.NameOf(first), new Sentence("Grants.Kind.Effect"), ObjectState.Later, new Sentence("Grants.Trial.Later"),
        ReadingOf(first.Id), Wait(AwaitTrialKey(first.Id), first));

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
            TriedBy = Trialist is { } first && effective[first.Id].Is(policy.Name) ? RecordedUsers.NameOf(first) : null,
        };
        var action = TeamsActions.Action(GrantKey(group.Id, policy.Name), new Sentence("Grants.Grant", policy.Name, group.DisplayName), command, Roles, impact);
        return new PlannedObject("assignment", name, kind, ObjectState.Missing, new Sentence("Grants.Assignment.Missing"), TeamsActions.Detail(command), action);
    }

    private PlannedObject Effect(GroupMember member)
    {
        var (state, what) = effective[member.Id] switch
        {
            var read when read.IsInForce(policy.Name, IsOnTrial(member.Id)) => (ObjectState.Found, new Sentence("Grants.Effect.Found", policy.Name)),
            _ when Rival(member.Id) is { } rival => (ObjectState.Different, RivalWords(member.Id, rival)),
            _ when IsGranted => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        return new PlannedObject(
            $"effect/{member.Id}", RecordedUsers.NameOf(member), new Sentence("Grants.Kind.Effect"), state, what, ReadingOf(member.Id),
            state == ObjectState.Found ? null : Wait(AwaitKey(member.Id), member));
    }

    /// <summary>Nothing can be done but wait. It is an action all the same, so that the run says whom it waits for and looks again.</summary>
    private PlannedAction Wait(string key, GroupMember member) => new(
        key, new Sentence("Grants.Await", RecordedUsers.NameOf(member)), $"await {policy.Name} in force for {member.Id}", Roles: [], Impact.Nobody);

    private bool IsOnTrial(Guid user) => trials.Find(user, policy.Name) is not null && effective[user].IsDirect(policy.Name);

    /// <summary>A policy of others that keeps ours from the person; one that the portal itself has given on trial goes by itself.</summary>
    private string? Rival(Guid user) =>
        effective[user].Rival(policy.Name, IsOnTrial(user)) is { } rival && trials.Find(user, rival) is null ? rival : null;

    private Sentence RivalWords(Guid user, string rival) => new(effective[user].IsDirect(rival) ? "Grants.Effect.Defeated" : "Grants.Effect.Outranked", rival);

    private string ReadingOf(Guid user)
    {
        var read = effective[user];
        return $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(user))}\n→ {read.Name ?? "–"}{(read.Direct is null ? string.Empty : " (Direct)")}";
    }

    public static string AwaitKey(Guid user) => $"await-effective/{user}";

    public static string AwaitTrialKey(Guid user) => $"await-trial/{user}";

    public static string GrantKey(Guid group, string policy) => $"{GrantPrefix}{group}/{policy}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
