using Luware.Onboarding.Engine;
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

    private const string GrantedSinceKey = "grants/granted-since";

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromMinutes(10);

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GrantPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<GrantsChoice>(StepName);
        var policy = PolicyOf(context);
        var groups = await RecordedUsers.ReadAsync(directory, context, choice, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var links = await FoundLink.ListAsync(teams, context.Access, policy.Name, cancellationToken);
        var trials = new Trials(context.Past);
        var effective = await ReadEffectiveAsync(context, groups.SelectMany(g => g.Testers).Select(t => t.Id).Union(trials.Begun), cancellationToken);
        var planner = new GrantPlanner(policy, choice, groups, assignments, effective, links, trials);
        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Grants.Choice", string.Join(", ", groups.Select(g => g.Name))), Why(groups, policy), [.. planner.Objects()],
            Outputs(planner.IsGranted ? context.FindMoment(GrantedSinceKey) ?? time.GetUtcNow() : null), [.. planner.Questions()])
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
        var testers = RecordedUsers.TestersOf(context, context.Choices.Get<GrantsChoice>(StepName));
        if (action.Key == GrantPlanner.AwaitTesterKey)
            return Task.FromResult<StepOutcome>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForTester")));
        if (testers.Where(u => GrantPlanner.AwaitKey(u) == action.Key).ToList() is [var user])
            return AwaitEffectAsync(context, user, action.Title.Arguments[0], cancellationToken);
        return GrantUndo.Ungrants(action) ? Undo(context).UngrantAsync(teams, context, action, cancellationToken) : teams.ApplyAsync(context, action, cancellationToken);
    }

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var groups = await RecordedUsers.ReadAsync(directory, context, context.Choices.Get<GrantsChoice>(StepName), cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var effective = await ReadEffectiveAsync(context, new Trials(context.Past).Begun, cancellationToken);
        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Grants.Undo.Choice"), new Sentence("Grants.Undo.Why"), [.. Undo(context).Objects(groups, assignments, effective)],
            Outputs(null), []);
    }

    public IReadOnlyList<string> UndoScript(StepContext context)
    {
        var choice = context.Choices.Get<GrantsChoice>(StepName);
        var policy = PolicyOf(context).Name;
        return
        [
            .. Groups(context, choice).SelectMany(group => GrantCommands.UngrantScript(group, policy)),
            .. RecordedUsers.TestersOf(context, choice) is [var first, ..] ? GrantCommands.EndTrialScript(first, policy) : [],
        ];
    }

    public Refusal? Explain(RemoteAnswer answer) => GrantsRefusals.Explain(answer);

    private GrantUndo Undo(StepContext context) => new(PolicyOf(context).Name, context.Past, time.GetUtcNow() - options.Value.ReapplyAfter);

    private static PoliciesChoice PolicyOf(StepContext context) => context.Choices.Get<PoliciesChoice>(PoliciesStep.StepName);

    /// <summary>Those that are there.</summary>
    private static IEnumerable<Guid> Groups(StepContext context, GrantsChoice choice) => choice.GroupId is { } picked
        ? [picked]
        : context.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName).Recorded.Select(g => SecurityGroupsStep.FindId(context, g)).OfType<Guid>();

    /// <summary>Groups that look like Luware's, besides the recorded-users groups of step 1.</summary>
    private async Task<IReadOnlyList<ChoiceOption>> OtherGroupsAsync(StepContext context, IReadOnlyList<RecordedUsers> groups, CancellationToken cancellationToken)
    {
        var ours = Groups(context, new GrantsChoice()).ToHashSet();
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

    private async Task<StepOutcome> AwaitEffectAsync(StepContext context, Guid user, string name, CancellationToken cancellationToken)
    {
        var policy = PolicyOf(context).Name;
        var effective = await EffectivePolicy.ReadAsync(teams, context.Access, user, cancellationToken);
        if (effective.IsInForce(policy, new Trials(context.Past).IsOn(user, effective, policy)))
            return new StepOutcome.Done();

        return effective.Defeats(policy)
            ? new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForRemoval", effective.Direct!, name), PollAfter: PollAfter(context))
            : new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.WaitForEffect", name), PollAfter: PollAfter(context));
    }

    /// <summary>Every look takes a worker, and a day is normal: soon at first, then after a quarter of the time that it has already taken.</summary>
    private TimeSpan PollAfter(StepContext context)
    {
        var waited = time.GetUtcNow() - (context.FindMoment(GrantedSinceKey) ?? time.GetUtcNow());
        return TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 4, FirstPoll.Ticks, LastPoll.Ticks));
    }

    /// <summary>What follows from the kind of a picked group and of the policy, said before it is approved; step 1 says it of its own groups.</summary>
    private static Sentence Why(IReadOnlyList<RecordedUsers> groups, PoliciesChoice policy) => groups.FirstOrDefault(g => g.IsPicked)?.Group switch
    {
        { IsDynamic: true } => new Sentence("Grants.Why.Dynamic"),
        { IsSynced: true } => new Sentence("Grants.Why.Synced"),
        { IsMicrosoft365: true } => new Sentence("Grants.Why.Microsoft365"),
        _ => new Sentence(policy.FailClose ? "Grants.Why" : "Grants.Why.FailOpen"),
    };

    private static Dictionary<string, string> Outputs(DateTimeOffset? grantedSince)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (grantedSince is { } since)
            outputs.Keep(GrantedSinceKey, since);
        return outputs;
    }
}
