using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// Step 5 of the article: the groups of recorded users get the policy, after one test user has tried it alone. Nothing is granted to the whole tenant.
/// </summary>
public sealed class GrantsStep(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "grants";
    public const string GroupOption = "group";
    public const string TestUserOption = "test-user";
    /// <summary>The picked group, if a person must confirm that Luware synchronises it.</summary>
    public const string SynchronisedOption = "synchronised";
    public const string RivalOption = "rival";
    public const string OutsideOption = "outside";
    public const string OtherGroupOption = "other-group";
    public const string ExceptionOption = "exception";
    public const string UnreadOption = "unread";
    public const string RecordedOption = "recorded";
    public const string PolicyOption = "policy";
    public const string RankOption = "rank";

    /// <summary>The sentence of a row about a person for whom a policy is in force; the policy is its argument.</summary>
    public const string InForce = "Grants.Effect.Found";

    /// <summary>The kinds of a policy in force, by whose grant it is.</summary>
    public const string EffectKind = "Grants.Kind.Effect", TrialEffectKind = "Grants.Kind.TrialEffect", ExceptionEffectKind = "Grants.Kind.ExceptionEffect";

    /// <summary>The kinds of objects that nobody makes: a policy in force follows from a grant.</summary>
    public static readonly IReadOnlySet<string> EffectKinds =
        new HashSet<string>(StringComparer.Ordinal) { EffectKind, TrialEffectKind, ExceptionEffectKind };

    /// <summary>The kind of an object that gives a group its policy.</summary>
    public const string AssignmentKind = "Grants.Kind.Assignment";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GrantPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        // The first call to Teams waits for a worker, which does not count.
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var limit = new ReadingTime(time, options.Value.ReadLimit);
        var reading = await GrantsReading.ReadAsync(teams, directory, context, PersonalOf(context), assignments, limit, cancellationToken);
        var planner = new GrantPlanner(reading, context.Past);
        var groups = reading.Groups;
        var reached = await new Propagation(teams, time).ReadAsync(context, reading, planner.Rivals.ByGroup, limit, cancellationToken);
        var choice = new Sentence("Grants.Choice", string.Join(", ", groups.Select(g => g.Name)));
        IReadOnlyList<PlannedObject> objects = [.. planner.Objects(), .. planner.Reached(reached, context)];
        var plan = new StepPlan(
            StepName, choice, Why(reading, IsOpen(planner, objects)), objects,
            GrantOutputs.Of(context, planner, reached, time.GetUtcNow()), [.. planner.Questions()])
        {
            ForLuware = [.. PickedGroup.New(reading).Select(g => new NamedValue(g.DisplayName, g.Id.ToString()))],
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [GroupOption] = await OtherGroupsAsync(context, groups, cancellationToken),
                [SynchronisedOption] = [.. PickedGroup.New(reading).Select(Option)],
                [TestUserOption] = groups is [{ IsPicked: true } picked] ? picked.PeopleOptions() : [],
                [RivalOption] = planner.Rivals.Options(SecurityGroupsReading.LongestList),
                [OutsideOption] = planner.Own.Options(SecurityGroupsReading.LongestList),
                [OtherGroupOption] = OtherAssignments.Options(reading, SecurityGroupsReading.LongestList),
                [UnreadOption] = planner.Rivals.UnreadOptions(SecurityGroupsReading.LongestList),
                [RecordedOption] = [.. groups.Select(g => new ChoiceOption(g.Identity, g.Name))],
                [PolicyOption] = [.. reading.Policies.Select(p => new ChoiceOption(p.Name, p.Name))],
                [RankOption] = OtherAssignments.Ranks(reading),
                [ExceptionOption] = [.. reading.Choice.Exceptions.Select(e => new ChoiceOption(e.Person.ToString(), reading.NameOf(e.Person)))],
            },
        };
        return plan.HeldBy(ForeignApplications.Obstacle(context));
    }

    public Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.Key == GrantPlanner.AwaitTesterKey)
            return Task.FromResult<StepOutcome>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForTester")));
        if (GrantUndo.Waits(action))
            return Undo(context).AwaitAsync(teams, context.Access, action, Known(context, Undo(context)), cancellationToken);
        if (action.OnlyWaits)
            return new EffectWait(teams, PersonalOf(context), time).LookAsync(context, ChoiceOf(context), action, cancellationToken);
        if (GrantUndo.Ungrants(action))
            return Undo(context).UngrantAsync(teams, context, action, cancellationToken);
        // A deleted person has no policy any more.
        return PersonalGrants.IsEnd(action.Key) ? teams.RemoveAsync(context, action, cancellationToken)
            : GrantCommands.IsForPerson(action.Command) ? TellPersonAsync(context, action, cancellationToken)
            : teams.ApplyAsync(context, action, cancellationToken);
    }

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var undo = Undo(context);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var limit = new ReadingTime(time, options.Value.ReadLimit);
        var open = PersonalOf(context).Open.Select(g => g.User).ToList();
        var effective = await EffectivePolicy.ReadAsync(teams, context.Access, open, assignments, limit, cancellationToken);
        var names = await NamesAsync(context, [.. open.Union(undo.Removed.Select(r => r.User))], limit, cancellationToken);
        return new StepPlan(
            StepName, new Sentence("Grants.Undo.Choice"), new Sentence("Grants.Undo.Why"),
            [.. undo.Objects(Known(context, undo), assignments, effective, names)],
            new Dictionary<string, string>(StringComparer.Ordinal), []);
    }

    public IReadOnlyList<string> UndoScript(StepContext context)
    {
        var (choice, undo) = (ChoiceOf(context), Undo(context));
        var people = PersonalOf(context).Open.Concat(GrantOutputs.Trials(context)).Select(g => (g.User, g.Policy))
            .Concat(choice.Exceptions.Select(e => (User: e.Person, Policy: WantedPolicy.Of(context, e).Name))).Distinct();
        var removed = undo.Removed.Concat(choice.Rivals.Where(r => r.Remove && !undo.IsOurs(r.Policy)).Select(r => (User: r.Person, r.Policy))).Distinct();
        var groups = Known(context, undo).Where(g => g.Id is not null).ToList();
        return
        [
            .. groups.Select(g => GrantCommands.UngrantScript(g.Id!.Value, g.Wanted.Policy)),
            .. from person in people
               let beneath = undo.Beneath(person.Policy, groups).Select(g => (g.Wanted.Policy, g.Id!.Value))
               select GrantCommands.TakeBackScript(person.User, person.Policy, [.. beneath]),
            .. removed.Select(r => GrantCommands.PutBackNote(r.User, r.Policy)),
        ];
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        if (ForeignApplications.Script(context) is { } held)
            return held;

        var choice = ChoiceOf(context);
        if (PickedGroup.Kept(context, choice) is { } kept)
            return [kept];

        var groups = RecordedUsers.IdentitiesOf(context, choice)
            .Select(i => (Identity: i, Id: SecurityGroupsStep.FindId(context, i)))
            .ToLookup(g => WantedPolicy.Of(context, choice, g.Identity));
        IReadOnlyList<Guid> recorded = [.. groups.SelectMany(g => g).Select(g => g.Id).OfType<Guid>()];
        var exceptions = choice.Exceptions.Where(e => GrantOutputs.IsRecorded(context, e) == true).ToLookup(e => WantedPolicy.Of(context, e), e => e.Person);
        var outside = choice.Exceptions.Where(e => GrantOutputs.IsRecorded(context, e) != true)
            .Select(e => GrantScript.LeftToPeople(context, e, recorded));
        IReadOnlyList<ScriptPart> parts =
        [
            .. from policy in groups
               let tester = policy.SelectMany(g => RecordedUsers.TestersOf(context, choice, g.Identity)).Select(t => (Guid?)t).FirstOrDefault()
               from part in ScriptOf(policy.Key).Parts([.. policy], tester, [.. exceptions[policy.Key]])
               select part,
            .. exceptions.Where(e => !groups.Contains(e.Key)).SelectMany(e => ScriptOf(e.Key).Parts([], null, [.. e])),
        ];
        if (parts.Any(p => p is ScriptPart.Person))
            return [.. parts, .. outside]; // Unless the group is granted, removing somebody's other policy would leave them without any.

        var first = RecordedUsers.TestersOf(context, choice).Select(t => (Guid?)t).FirstOrDefault();
        var grants = groups.SelectMany(policy => policy.Select(g => (g.Id!.Value, policy.Key))).ToList();
        return [.. parts, .. GrantScript.Removals(choice, grants, first, WantedPolicy.AllOf(context)), .. outside];

        GrantScript ScriptOf(WantedPolicy policy) => new(policy, choice, recorded, WantedPolicy.AllOf(context));
    }

    public Refusal? Explain(RemoteAnswer answer) => GrantsRefusals.Explain(answer);

    /// <summary>Groups to which the portal has granted or was to grant, and groups that had a wanted name before.</summary>
    internal static IEnumerable<Guid> KnownGroups(StepContext context) =>
        GrantOutputs.GroupIds(context)
            .Concat(RecordedUsers.IdentitiesOf(context, ChoiceOf(context)).Select(i => SecurityGroupsStep.FindId(context, i)).OfType<Guid>())
            .Distinct();

    private PersonalGrants PersonalOf(StepContext context) => new(context.Past, time.GetUtcNow(), options.Value.ReapplyAfter);

    private GrantUndo Undo(StepContext context)
    {
        var now = time.GetUtcNow();
        return new(context.Past, PersonalOf(context), WantedPolicy.AllOf(context), now - options.Value.ReapplyAfter, now - options.Value.OutOfForceAfter);
    }

    /// <summary>The portal's grants, whatever is chosen now, and the chosen ones, which may have been granted by hand.</summary>
    private static IEnumerable<WantedGrant> Wanted(StepContext context, GrantUndo undo)
    {
        var choice = ChoiceOf(context);
        return undo.Begun
            .Concat(RecordedUsers.IdentitiesOf(context, choice).Select(i => new WantedGrant(i, WantedPolicy.Of(context, choice, i).Name)))
            .Distinct();
    }

    private static IReadOnlyList<KnownGrant> Known(StepContext context, GrantUndo undo) =>
    [
        .. from wanted in Wanted(context, undo)
           from id in IdsOf(context, wanted.Identity).Cast<Guid?>().DefaultIfEmpty(null)
           select id is { } known
               ? new KnownGrant(wanted, known, GrantOutputs.FindName(context, wanted.Identity, known) ?? wanted.Identity, GrantOutputs.PeopleIn(context, known))
               : new KnownGrant(wanted, null, wanted.Identity, People: 0),
    ];

    /// <summary>The people's names; the object id of a person whose name cannot be read in time, because nothing waits for a name.</summary>
    private async Task<Dictionary<Guid, string>> NamesAsync(
        StepContext context, IReadOnlyList<Guid> people, ReadingTime limit, CancellationToken cancellationToken)
    {
        var names = people.ToDictionary(p => p, p => SecurityGroupsStep.NameOf(context, p));
        using var late = limit.EndForLists();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            foreach (var person in people.Where(p => SecurityGroupsStep.FindName(context, p) is null))
            {
                either.Token.ThrowIfCancellationRequested();
                if (await directory.FindPersonAsync(context.Access, person, either.Token) is { } found)
                    names[person] = found.Name;
            }
        }
        catch (Exception e) when (
            e is GatewayException and not WrongIdentityException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The next requests would fail as well.
        }

        return names;
    }

    /// <summary>The ids of every group that ever had this name: a group that was renamed or recreated may still have the policy.</summary>
    private static IEnumerable<Guid> IdsOf(StepContext context, string identity) =>
        GrantOutputs.GroupIds(context, identity).Concat(SecurityGroupsStep.FindId(context, identity) is { } id ? [id] : []).Distinct();

    private static GrantsChoice ChoiceOf(StepContext context) => context.Choices.Get<GrantsChoice>(StepName);

    /// <summary>Groups that look like Luware's, except the recorded-users groups of step 1 and groups that only give access.</summary>
    private async Task<IReadOnlyList<ChoiceOption>> OtherGroupsAsync(
        StepContext context, IReadOnlyList<RecordedUsers> groups, CancellationToken cancellationToken)
    {
        var ours = RecordedUsers.IdentitiesOf(context, new GrantsChoice()).Select(i => SecurityGroupsStep.FindId(context, i)).ToHashSet();
        var offered = await directory.FindGroupsAsync(context.Access, WantedGroup.NameStart, cancellationToken);
        return
        [
            .. groups.Where(g => g.IsPicked).Select(g => g.Group).OfType<Group>()
                .Concat(offered.Where(g => SecurityGroupsStep.RoleOf(context, g.Id, g.DisplayName) is null))
                .Where(g => !ours.Contains(g.Id)).DistinctBy(g => g.Id).Select(Option),
        ];
    }

    private static ChoiceOption Option(Group group) => new(group.Id.ToString(), group.DisplayName);

    /// <summary>Handles a "not found" answer. Groups and policies become known with time; a person whom Teams does not know may never.</summary>
    private async Task<StepOutcome> TellPersonAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
        catch (RefusedException refused) when (GrantsRefusals.MeansNobody(refused.Answer))
        {
            return new StepOutcome.Refused(new PersonNotTaken(action.Title.Arguments[^1]), refused.Answer);
        }
    }

    /// <summary>
    /// The consequences of a picked group's kind and of the policy, shown before approval; step 1 shows those of its own groups. What holds a grant is said
    /// only while there is one to hold.
    /// </summary>
    private static Sentence Why(GrantsReading read, bool isOpen) => read.Groups.FirstOrDefault(g => g.IsPicked)?.Group switch
    {
        { IsDynamic: true } => NewMembers("Grants.Why.Dynamic"),
        { IsSynced: true } => NewMembers("Grants.Why.Synced"),
        { IsMicrosoft365: true } => NewMembers("Grants.Why.Microsoft365"),
        _ when !isOpen => NewMembers("Grants.Why.Granted"),
        _ when read.Groups.Any(g => g.Policy.CanStopCalls) => NewMembers("Grants.Why"),
        _ => new Sentence("Grants.Why.FailOpen"),
    };

    private static Sentence NewMembers(string before) => new("Grants.Why.NewMembers", Sentence.KeyArgument(before));

    /// <summary>True while a group is without its policy, or anything else is left that the safety gate holds.</summary>
    private static bool IsOpen(GrantPlanner planner, IEnumerable<PlannedObject> objects) =>
        !planner.Grants.All(g => g.IsGranted) || objects.Any(o => o.Action is { Impact.CanStopCalls: true });
}
