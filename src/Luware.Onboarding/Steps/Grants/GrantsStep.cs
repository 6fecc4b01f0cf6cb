using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Step 5 of the article: the group of recorded users gets the policy, after one test user has tried it alone. Never the whole tenant.</summary>
public sealed class GrantsStep(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "grants";
    public const string GroupOption = "group";
    public const string TestUserOption = "test-user";

    private const string GroupIdKey = "grants/group-id";
    private const string GrantedSinceKey = "grants/granted-since";

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromMinutes(10);

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GrantPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<GrantsChoice>(StepName);
        var policy = PolicyOf(context);
        var recorded = await RecordedUsers.ReadAsync(directory, context.Access, choice.GroupId, cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var links = await FoundLink.ListAsync(teams, context.Access, policy.Name, cancellationToken);
        var trials = new Trials(context.Past);
        var effective = await ReadEffectiveAsync(context, choice.TestUsers.Where(u => recorded.Find(u) is not null).Union(trials.Begun), cancellationToken);
        var planner = new GrantPlanner(policy, choice, recorded, assignments, effective, links, trials);
        return new StepPlan(
            StepName, time.GetUtcNow(), Heading(recorded), Why(recorded.Group, policy), [.. planner.Objects()],
            Outputs(recorded, planner.IsGranted ? context.FindMoment(GrantedSinceKey) ?? time.GetUtcNow() : null), [.. planner.Questions()])
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [GroupOption] = recorded.GroupOptions,
                [TestUserOption] = recorded.PeopleOptions(choice.TestUsers),
            },
        };
    }

    public Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken) =>
        context.Choices.Get<GrantsChoice>(StepName).TestUsers.Where(u => GrantPlanner.AwaitKey(u) == action.Key).ToList() is [var user]
            ? AwaitEffectAsync(context, user, action.Title.Arguments[0], cancellationToken)
            : GrantUndo.Ungrants(action) ? Undo(context).UngrantAsync(teams, context, action, cancellationToken)
            : teams.ApplyAsync(context, action, cancellationToken);

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var recorded = await RecordedUsers.ReadAsync(directory, context.Access, WantedGroup(context), cancellationToken);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var effective = await ReadEffectiveAsync(context, new Trials(context.Past).Begun, cancellationToken);
        var undo = Undo(context);
        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Grants.Undo.Choice"), new Sentence("Grants.Undo.Why"), [.. undo.Objects(recorded, assignments, effective)],
            Outputs(recorded, null), []);
    }

    public IReadOnlyList<string> UndoScript(StepContext context) =>
        WantedGroup(context) is { } group
            ? [.. GrantCommands.UngrantScript(group, PolicyOf(context).Name), .. FirstTester(context) is { } user ? GrantCommands.EndTrialScript(user, PolicyOf(context).Name) : []]
            : [];

    public IReadOnlyList<ScriptPart> Script(StepContext context) => new GrantScript(PolicyOf(context)).Parts(WantedGroup(context), FirstTester(context));

    public Refusal? Explain(RemoteAnswer answer) => GrantsRefusals.Explain(answer);

    private GrantUndo Undo(StepContext context) => new(PolicyOf(context).Name, context.Past, time.GetUtcNow() - options.Value.ReapplyAfter);

    private static Guid? FirstTester(StepContext context) => context.Choices.Get<GrantsChoice>(StepName).TestUsers is [var first, ..] ? first : null;

    private static PoliciesChoice PolicyOf(StepContext context) => context.Choices.Get<PoliciesChoice>(PoliciesStep.StepName);

    /// <summary>The chosen group, or the one that the latest reading found by its name.</summary>
    private static Guid? WantedGroup(StepContext context) => context.Choices.Get<GrantsChoice>(StepName).GroupId
        ?? (Guid.TryParse(context.Find(GroupIdKey), CultureInfo.InvariantCulture, out var id) ? id : null);

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

    private static Sentence Heading(RecordedUsers recorded) =>
        recorded.Group is { } group ? new Sentence("Grants.Choice", group.DisplayName) : new Sentence("Grants.Choice.None");

    /// <summary>What follows from the kind of group and of policy, said before it is approved.</summary>
    private static Sentence Why(Group? group, PoliciesChoice policy) => group switch
    {
        { IsDynamic: true } => new Sentence("Grants.Why.Dynamic"),
        { IsSynced: true } => new Sentence("Grants.Why.Synced"),
        { IsMicrosoft365: true } => new Sentence("Grants.Why.Microsoft365"),
        _ => new Sentence(policy.FailClose ? "Grants.Why" : "Grants.Why.FailOpen"),
    };

    private static Dictionary<string, string> Outputs(RecordedUsers recorded, DateTimeOffset? grantedSince)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (recorded.Group is { } group)
            outputs[GroupIdKey] = group.Id.ToString();
        if (grantedSince is { } since)
            outputs.Keep(GrantedSinceKey, since);
        return outputs;
    }
}
