using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>One policy and the groups that get it: its trial, its assignments, and the test users who prove it.</summary>
internal sealed class PolicyGrant(WantedPolicy policy, IReadOnlyList<RecordedUsers> groups, GrantsReading read)
{
    private readonly List<Person> testers = [.. groups.SelectMany(g => g.Testers).DistinctBy(t => t.Id)];

    public WantedPolicy Policy => policy;

    public IReadOnlyList<RecordedUsers> Groups => groups;

    public IReadOnlyList<Person> Testers => testers;

    public bool IsGranted => groups.All(read.HasPolicy);

    public bool CanStopCalls => read.CanStopCalls(policy.Name);

    private Person? First => testers.FirstOrDefault();

    private Person? TriedBy => testers.Find(t => EffectiveOf(t).Is(policy.Name));

    /// <summary>
    /// The person who must try the policy alone before a group gets it; null if no group is left, or if somebody has the policy through a group already.
    /// </summary>
    public Person? Trialist =>
        CanStopCalls && groups.Any(g => read.AssignmentOf(g) is null)
        && !testers.Exists(t => EffectiveOf(t).Is(policy.Name) && !EffectiveOf(t).IsDirect(policy.Name))
            ? First
            : null;

    /// <summary>The trial that belongs to this grant, in progress or about to begin.</summary>
    public PersonalGrant? Current => First is not { } first ? null
        : read.Personal.FindTrial(first.Id, policy.Name)
            ?? (Trialist is not null && AwaitsTrial(first) ? new PersonalGrant(PersonalGrant.Trial, first.Id, policy.Name) : null);

    public IEnumerable<Sentence> Questions()
    {
        if (Trialist is { } first && RivalOf(first) is { } rival)
        {
            yield return EffectiveOf(first).IsDirect(rival)
                ? new Sentence("Grants.Question.FirstHasOther", first.Name, rival, GrantCommands.TakeBack(first.Id).ToPowerShell())
                : new Sentence("Grants.Question.FirstHasOtherByGroup", first.Name, rival);
        }
    }

    public IEnumerable<PlannedObject> Trials()
    {
        if (Trialist is { } first)
            yield return Trial(first);
    }

    public IEnumerable<PlannedObject> TrialEffects()
    {
        if (Trialist is { } first && AwaitsTrial(first))
        {
            yield return new PlannedObject(
                $"trial-effect/{first.Id}", first.Name, new Sentence(GrantsStep.TrialEffectKind), ObjectState.Later, new Sentence("Grants.Trial.Later"),
                read.ReadingOf(first.Id), GrantPlanner.Wait(GrantPlanner.AwaitTrialKey(first.Id), "Grants.AwaitTrial", first.Name, first.Id, policy.Name));
        }
    }

    public PlannedObject Assignment(RecordedUsers recorded)
    {
        var (key, name, kind) = ($"assignment/{recorded.Identity}", $"{policy.Name} → {recorded.Name}", new Sentence(GrantsStep.AssignmentKind));
        var assignment = read.AssignmentOf(recorded);
        var found = $"{TeamsActions.Detail(GroupAssignments.List)}\n→ {recorded.Id}: {assignment?.PolicyName}";
        if (read.HasPolicy(recorded))
        {
            return OtherAssignments.IsElsewhere(read, assignment!)
                ? new PlannedObject(key, name, kind, ObjectState.Different, OtherAssignments.RankOf(read, assignment!), found)
                {
                    Warnings = [OtherAssignments.WayTo(read, assignment!, recorded.Name)],
                }
                : new PlannedObject(key, name, kind, ObjectState.Found, OtherAssignments.RankOf(read, assignment!), found);
        }

        if (assignment is not null)
            return new PlannedObject(key, name, kind, ObjectState.Different, new Sentence("Grants.Assignment.Other", assignment.PolicyName), found);
        if (recorded.IsForAccess)
            return new PlannedObject(key, name, kind, ObjectState.Different, new Sentence("Grants.Assignment.ForAccess"), found);
        if (recorded.IsUnread)
            return new PlannedObject(key, name, kind, ObjectState.Unknown, new Sentence("Grants.Assignment.Unread"), found);

        var command = GrantCommands.Grant(recorded.Id, recorded.Name, policy.Name, read.Choice.Rank);
        if (First is null)
            return new PlannedObject(key, name, kind, ObjectState.Later, new Sentence("Grants.Assignment.Later"), TeamsActions.Detail(command));
        if (!EffectiveOf(First).IsRead)
            return new PlannedObject(key, name, kind, ObjectState.Later, new Sentence("Grants.Assignment.Untried"), TeamsActions.Detail(command));

        var (state, what) = recorded.Group is null
            ? (ObjectState.Later, new Sentence("Grants.Assignment.ToCome"))
            : (ObjectState.Missing, new Sentence("Grants.Assignment.Missing"));
        return new PlannedObject(key, name, kind, state, what, TeamsActions.Detail(command), Grant(recorded, command))
        {
            Notes = OtherAssignments.RankOfNew(read),
        };
    }

    /// <summary>True if the group has the policy or the plan grants it, so that people who lose another policy afterwards still have a recorder.</summary>
    public bool Brings(RecordedUsers recorded) => read.HasPolicy(recorded) || Assignment(recorded).Action is not null;

    /// <summary>
    /// The impact of putting this policy into force for one person by removing their own. Naming the person is sufficient only if a test user has the policy
    /// already: a group granted by hand had no trial and no number.
    /// </summary>
    /// <param name="recorded">The group that brings it.</param>
    public Impact TakesOver(string name, RecordedUsers recorded) =>
        new(1, CanStopCalls, new Sentence("Impact.WithinADay")) { Named = TriedBy is null ? null : name, Group = recorded.Affected };

    /// <summary>
    /// One object per test user, found when the policy is in force. A trial is removed once the group brings the policy, unless the person keeps the policy as
    /// an exception.
    /// </summary>
    public IEnumerable<PlannedObject> Effects()
    {
        foreach (var tester in testers)
        {
            yield return Effect(tester);
            if (Current is { } trial && trial.User == tester.Id && PersonalGrants.CanEnd(trial, EffectiveOf(tester))
                && !GrantPlanner.IsException(read.Choice, tester.Id))
                yield return PersonalGrants.End(trial, tester.Name, IsGranted ? ObjectState.Different : ObjectState.Later);
        }
    }

    private PlannedObject Trial(Person first)
    {
        var (kind, trial) = (new Sentence("Grants.Kind.Trial"), new PersonalGrant(PersonalGrant.Trial, first.Id, policy.Name));
        if (!EffectiveOf(first).IsRead)
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Unknown, new Sentence("Grants.Effect.NotRead"), read.ReadingOf(first.Id));
        if (EffectiveOf(first).Is(policy.Name))
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Found, new Sentence(GrantsStep.InForce, policy.Name), read.ReadingOf(first.Id));
        if (RivalOf(first) is { } rival)
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Different, RivalWords(first, rival), read.ReadingOf(first.Id));
        if (read.Personal.AcceptedAt(trial) is not null)
            return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay"), read.ReadingOf(first.Id));

        var command = GrantCommands.Give(first.Id, policy.Name);
        var action = TeamsActions.Action(
            trial.Key, new Sentence("Grants.Try", policy.Name, first.Name), command, GrantPlanner.Roles,
            Impact.OfTrial(first.Name, new Sentence("Impact.WithinADay")) with { Group = groups.First(g => g.Testers.Contains(first)).Affected });
        return new PlannedObject(trial.Key, first.Name, kind, ObjectState.Missing, new Sentence("Grants.Trial.Missing"), TeamsActions.Detail(command), action);
    }

    private PlannedAction Grant(RecordedUsers recorded, TeamsCommand command)
    {
        var impact = new Impact(recorded.Reach, CanStopCalls, new Sentence("Impact.WithinADay"))
        {
            TestUsers = [.. recorded.Testers.Select(t => t.Name)],
            TriedBy = TriedBy?.Name,
            Group = recorded.Affected,
        };
        // A group of step 1 may be created in the same run, so the approval names it by what is known before.
        var approved = recorded.Id?.ToString() == recorded.Identity ? null : GrantCommands.Grant(null, recorded.Identity, policy.Name, read.Choice.Rank);
        var title = new Sentence("Grants.Grant", policy.Name, recorded.Name);
        return TeamsActions.Action(GrantPlanner.GrantKey(recorded.Identity, policy.Name), title, command, GrantPlanner.Roles, impact, approved);
    }

    private PlannedObject Effect(Person tester)
    {
        var (state, what) = EffectiveOf(tester) switch
        {
            { IsRead: false } => (ObjectState.Unknown, new Sentence("Grants.Effect.NotRead")),
            var effect when effect.IsInForce(policy.Name) => (ObjectState.Found, new Sentence(GrantsStep.InForce, policy.Name)),
            _ when RivalOf(tester) is { } rival => (ObjectState.Different, RivalWords(tester, rival)),
            _ when groups.Any(g => read.HasPolicy(g) && g.Testers.Contains(tester)) => (ObjectState.Missing, new Sentence("Grants.Effect.OnItsWay")),
            _ => (ObjectState.Later, new Sentence("Grants.Effect.Later")),
        };
        return new PlannedObject(
            $"effect/{tester.Id}", tester.Name, new Sentence(GrantsStep.EffectKind), state, what, read.ReadingOf(tester.Id),
            state is ObjectState.Found or ObjectState.Unknown ? null
                : GrantPlanner.Wait(GrantPlanner.AwaitKey(tester.Id), "Grants.Await", tester.Name, tester.Id, policy.Name));
    }

    private bool AwaitsTrial(Person first) => EffectiveOf(first).IsRead && !EffectiveOf(first).Is(policy.Name) && RivalOf(first) is null;

    private EffectivePolicy EffectiveOf(Person person) => read.Effective[person.Id];

    private string? RivalOf(Person person) => read.Personal.RivalOf(EffectiveOf(person), person.Id, policy.Name);

    private Sentence RivalWords(Person person, string rival)
    {
        var first = read.Personal.FirstToGo(EffectiveOf(person), person.Id, policy.Name, rival);
        return new(EffectiveOf(person).IsDirect(first) ? "Grants.Effect.Defeated" : "Grants.Effect.Outranked", first);
    }
}
