using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Step 5 of the article: the groups of recorded users get the policy, after one test user has tried it alone. Never the whole tenant.</summary>
public sealed class GrantsStep(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "grants";
    public const string GroupOption = "group";
    public const string TestUserOption = "test-user";

    /// <summary>Keys of the objects that say for whom the policy is in force.</summary>
    public const string EffectPrefix = "effect/";

    private const string GrantedSinceKey = "grants/granted-since";
    private const string TrialistKey = "grants/trialist";
    private const string GroupPrefix = "grants/group/";

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromMinutes(10);

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GrantPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(context);
        var policy = PolicyOf(context);
        var groups = await RecordedUsers.ReadAsync(directory, context, choice, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var links = await FoundLink.ListAsync(teams, context.Access, cancellationToken);
        var trials = TrialsOf(context);
        var effective = await ReadEffectiveAsync(
            context, groups.SelectMany(g => g.Testers).Select(t => t.Id).Union(trials.Open.Select(t => t.User)), cancellationToken);
        var planner = new GrantPlanner(policy, choice, groups, assignments, effective, [.. links.Where(l => l.IsOf(policy.Name))], trials);
        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Grants.Choice", string.Join(", ", groups.Select(g => g.Name))), Why(groups, policy), [.. planner.Objects()],
            Outputs(context, groups, planner.IsGranted ? context.FindMoment(GrantedSinceKey) ?? time.GetUtcNow() : null, planner.Trialist?.Id), [.. planner.Questions()])
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [GroupOption] = await OtherGroupsAsync(context, groups, cancellationToken),
                [TestUserOption] = groups is [{ IsPicked: true } picked] ? picked.PeopleOptions() : [],
            },
        };
    }

    public Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.Key == GrantPlanner.AwaitTesterKey)
            return Task.FromResult<StepOutcome>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForTester")));
        if (Testers(context).Where(u => action.Key == GrantPlanner.AwaitKey(u) || action.Key == GrantPlanner.AwaitTrialKey(u)).ToList() is [var user])
            return AwaitEffectAsync(context, user, action, cancellationToken);
        if (GrantUndo.Ungrants(action))
            return Undo(context).UngrantAsync(teams, context, action, cancellationToken);
        return Trials.IsEnd(action.Key) ? EndTrialAsync(context, action, cancellationToken) : teams.ApplyAsync(context, action, cancellationToken);
    }

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var undo = Undo(context);
        var grants = new List<(WantedGrant, RecordedUsers)>();
        foreach (var wanted in Wanted(context, undo))
        {
            foreach (var id in IdsOf(context, wanted.Identity).Cast<Guid?>().DefaultIfEmpty(null))
                grants.Add((wanted, await RecordedUsers.ReadAsync(directory, context, wanted.Identity, id, cancellationToken)));
        }

        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var effective = await ReadEffectiveAsync(context, TrialsOf(context).Open.Select(t => t.User).Distinct(), cancellationToken);
        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Grants.Undo.Choice"), new Sentence("Grants.Undo.Why"), [.. undo.Objects(grants, assignments, effective)],
            new Dictionary<string, string>(StringComparer.Ordinal), []);
    }

    public IReadOnlyList<string> UndoScript(StepContext context)
    {
        var planned = Guid.TryParse(context.Find(TrialistKey), CultureInfo.InvariantCulture, out var user) ? new Trial(user, PolicyOf(context).Name) : null;
        var trials = TrialsOf(context).Open.Concat(planned is null ? [] : [planned]).Distinct();
        return
        [
            .. Wanted(context, Undo(context)).SelectMany(g => IdsOf(context, g.Identity).Select(id => GrantCommands.UngrantScript(id, g.Policy))),
            .. trials.Select(t => GrantCommands.EndTrialScript(t.User, t.Policy)),
        ];
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) => new GrantScript(PolicyOf(context)).Parts(
        [.. RecordedUsers.IdentitiesOf(context, ChoiceOf(context)).Select(i => (i, SecurityGroupsStep.FindId(context, i)))],
        Testers(context).Select(t => (Guid?)t).FirstOrDefault());

    public Refusal? Explain(RemoteAnswer answer) => GrantsRefusals.Explain(answer);

    /// <summary>Groups to which the portal has granted, or was to grant; also those that stood under a wanted name before.</summary>
    internal static IEnumerable<Guid> KnownGroups(StepContext context) => context.Known.Keys.Where(k => k.StartsWith(GroupPrefix, StringComparison.Ordinal))
        .Select(k => Guid.Parse(k.AsSpan(k.LastIndexOf('/') + 1), CultureInfo.InvariantCulture))
        .Concat(RecordedUsers.IdentitiesOf(context, ChoiceOf(context)).Select(i => SecurityGroupsStep.FindId(context, i)).OfType<Guid>()).Distinct();

    private Trials TrialsOf(StepContext context) => new(context.Past, time.GetUtcNow(), options.Value.ReapplyAfter);

    private GrantUndo Undo(StepContext context) => new(context.Past, TrialsOf(context), time.GetUtcNow() - options.Value.ReapplyAfter);

    /// <summary>What the portal has granted, whatever is chosen by now, and what is chosen: it may have been granted by hand.</summary>
    private static IEnumerable<WantedGrant> Wanted(StepContext context, GrantUndo undo) =>
        undo.Begun.Concat(RecordedUsers.IdentitiesOf(context, ChoiceOf(context)).Select(i => new WantedGrant(i, PolicyOf(context).Name))).Distinct();

    /// <summary>Every group that ever stood under this name: one that was renamed or made anew may still have the policy.</summary>
    private static IEnumerable<Guid> IdsOf(StepContext context, string identity) => context.Known.Keys
        .Where(k => k.StartsWith($"{GroupPrefix}{identity}/", StringComparison.Ordinal)).Select(k => Guid.Parse(k.AsSpan(k.LastIndexOf('/') + 1), CultureInfo.InvariantCulture))
        .Concat(SecurityGroupsStep.FindId(context, identity) is { } id ? [id] : []).Distinct();

    private static GrantsChoice ChoiceOf(StepContext context) => context.Choices.Get<GrantsChoice>(StepName);

    /// <summary>Everything is granted the first policy.</summary>
    private static PolicyChoice PolicyOf(StepContext context) => context.Choices.Get<PoliciesChoice>(PoliciesStep.StepName).Policies[0];

    private static IEnumerable<Guid> Testers(StepContext context) => RecordedUsers.TestersOf(context, ChoiceOf(context));

    /// <summary>Groups that look like Luware's, besides the recorded-users groups of step 1.</summary>
    private async Task<IReadOnlyList<ChoiceOption>> OtherGroupsAsync(StepContext context, IReadOnlyList<RecordedUsers> groups, CancellationToken cancellationToken)
    {
        var ours = RecordedUsers.IdentitiesOf(context, new GrantsChoice()).Select(i => SecurityGroupsStep.FindId(context, i)).ToHashSet();
        var offered = await directory.FindGroupsAsync(context.Access, WantedGroup.NameStart, cancellationToken);
        return
        [
            .. groups.Where(g => g.IsPicked).Select(g => g.Group).OfType<Group>().Concat(offered).Where(g => !ours.Contains(g.Id)).DistinctBy(g => g.Id)
                .Select(g => new ChoiceOption(g.Id.ToString(), g.DisplayName)),
        ];
    }

    private async Task<Dictionary<Guid, EffectivePolicy>> ReadEffectiveAsync(StepContext context, IEnumerable<Guid> users, CancellationToken cancellationToken)
    {
        var effective = new Dictionary<Guid, EffectivePolicy>();
        foreach (var user in users)
            effective[user] = await EffectivePolicy.ReadAsync(teams, context.Access, user, cancellationToken);
        return effective;
    }

    private async Task<StepOutcome> AwaitEffectAsync(StepContext context, Guid user, PlannedAction action, CancellationToken cancellationToken)
    {
        var (policy, trials, name) = (PolicyOf(context).Name, TrialsOf(context), action.Title.Arguments[0]);
        var effective = await EffectivePolicy.ReadAsync(teams, context.Access, user, cancellationToken);
        var isForTrial = action.Key == GrantPlanner.AwaitTrialKey(user);
        var onTrial = !isForTrial && trials.Find(user, policy) is not null && effective.IsDirect(policy);
        if (effective.IsInForce(policy, onTrial))
            return new StepOutcome.Done();

        var poll = PollAfter(isForTrial ? trials.AcceptedAt(user, policy) : context.FindMoment(GrantedSinceKey));
        return effective.Rival(policy, onTrial) is { } rival && trials.Find(user, rival) is null
            ? new StepOutcome.Waiting(WaitsFor.Customer, new Sentence(effective.IsDirect(rival) ? "Grants.WaitForRemoval" : "Grants.WaitForRank", rival, name), PollAfter: poll)
            : new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.WaitForEffect", name), PollAfter: poll);
    }

    /// <summary>Somebody who is deleted has no policy either.</summary>
    private async Task<StepOutcome> EndTrialAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            return new StepOutcome.Done();
        }
    }

    /// <summary>Every look takes a worker, and a day is normal: soon at first, then after a quarter of the time that it has already taken.</summary>
    private TimeSpan PollAfter(DateTimeOffset? since)
    {
        var waited = time.GetUtcNow() - (since ?? time.GetUtcNow());
        return TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 4, FirstPoll.Ticks, LastPoll.Ticks));
    }

    /// <summary>What follows from the kind of a picked group and of the policy, said before it is approved; step 1 says it of its own groups.</summary>
    private static Sentence Why(IReadOnlyList<RecordedUsers> groups, PolicyChoice policy) => groups.FirstOrDefault(g => g.IsPicked)?.Group switch
    {
        { IsDynamic: true } => new Sentence("Grants.Why.Dynamic"),
        { IsSynced: true } => new Sentence("Grants.Why.Synced"),
        { IsMicrosoft365: true } => new Sentence("Grants.Why.Microsoft365"),
        _ => new Sentence(policy.CanStopCalls ? "Grants.Why" : "Grants.Why.FailOpen"),
    };

    private static Dictionary<string, string> Outputs(StepContext context, IEnumerable<RecordedUsers> groups, DateTimeOffset? grantedSince, Guid? trialist)
    {
        var outputs = context.Known.Where(k => k.Key.StartsWith(GroupPrefix, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        foreach (var group in groups.Where(g => g.Id is not null))
            outputs[$"{GroupPrefix}{group.Identity}/{group.Id}"] = group.Name;
        if (grantedSince is { } since)
            outputs.Keep(GrantedSinceKey, since);
        if (trialist is { } user)
            outputs[TrialistKey] = user.ToString();
        return outputs;
    }
}
