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
    private const string TrialistKey = "grants/trialist";

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
        var trials = TrialsOf(context);
        var effective = await ReadEffectiveAsync(context, choice.TestUsers.Where(u => recorded.Find(u) is not null).Union(trials.Open.Select(t => t.User)), cancellationToken);
        var planner = new GrantPlanner(policy, choice, recorded, assignments, effective, links, trials);
        return new StepPlan(
            StepName, time.GetUtcNow(), Heading(recorded), Why(recorded.Group, policy), [.. planner.Objects()],
            Outputs(recorded, planner.IsGranted ? context.FindMoment(GrantedSinceKey) ?? time.GetUtcNow() : null, planner.Trialist?.Id), [.. planner.Questions()])
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [GroupOption] = recorded.GroupOptions,
                [TestUserOption] = recorded.PeopleOptions(choice.TestUsers),
            },
        };
    }

    public Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (context.Choices.Get<GrantsChoice>(StepName).TestUsers.Where(u => action.Key == GrantPlanner.AwaitKey(u) || action.Key == GrantPlanner.AwaitTrialKey(u)).ToList() is [var user])
            return AwaitEffectAsync(context, user, action, cancellationToken);
        if (GrantUndo.Ungrants(action))
            return Undo(context).UngrantAsync(teams, context, action, cancellationToken);
        return Trials.IsEnd(action.Key) ? EndTrialAsync(context, action, cancellationToken) : teams.ApplyAsync(context, action, cancellationToken);
    }

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var undo = Undo(context);
        var chosen = await RecordedUsers.ReadAsync(directory, context.Access, WantedGroup(context), cancellationToken);
        var grants = new List<(WantedGrant, RecordedUsers)>();
        foreach (var wanted in Wanted(context, undo, chosen.Group?.Id))
            grants.Add((wanted, wanted.Group == chosen.Group?.Id ? chosen : await RecordedUsers.ReadAsync(directory, context.Access, wanted.Group, cancellationToken)));
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
        return [.. Wanted(context, Undo(context), WantedGroup(context)).Select(g => GrantCommands.UngrantScript(g.Group, g.Policy)), .. trials.Select(t => GrantCommands.EndTrialScript(t.User, t.Policy))];
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) => new GrantScript(PolicyOf(context)).Parts(WantedGroup(context), FirstTester(context));

    public Refusal? Explain(RemoteAnswer answer) => GrantsRefusals.Explain(answer);

    private Trials TrialsOf(StepContext context) => new(context.Past, time.GetUtcNow(), options.Value.ReapplyAfter);

    private GrantUndo Undo(StepContext context) => new(context.Past, TrialsOf(context), time.GetUtcNow() - options.Value.ReapplyAfter);

    /// <summary>What the portal has granted, whatever is chosen by now, and what is chosen: it may have been granted by hand.</summary>
    private static IEnumerable<WantedGrant> Wanted(StepContext context, GrantUndo undo, Guid? chosen) =>
        undo.Begun.Concat(chosen is { } group ? [new WantedGrant(group, PolicyOf(context).Name)] : []).Distinct();

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

    private static Dictionary<string, string> Outputs(RecordedUsers recorded, DateTimeOffset? grantedSince, Guid? trialist)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (recorded.Group is { } group)
            outputs[GroupIdKey] = group.Id.ToString();
        if (grantedSince is { } since)
            outputs.Keep(GrantedSinceKey, since);
        if (trialist is { } user)
            outputs[TrialistKey] = user.ToString();
        return outputs;
    }
}
