using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// Undoes the policies that the portal created, and no others. A policy without its recorder stops the calls of everybody who still has it, so it is
/// dismantled only when nobody has it any more: no group, nobody directly, and one day later, because Microsoft needs that long to apply the change to most
/// people.
/// </summary>
internal sealed class PolicyUndo(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time)
{
    private const string AwaitUnassigned = "await-unassigned/";
    private const string AwaitOutOfForce = "await-out-of-force/";
    private const string Unlink = "unlink/";
    private const string Remove = "remove/";

    private const int NamedPeople = 5;

    private static readonly Uri Offboarding = new("/offboarding", UriKind.Relative);

    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollForPerson = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(10);

    // A grant that is made and removed again during the wait restarts it only if a check saw it, so check regularly.
    private static readonly TimeSpan LookMeanwhile = TimeSpan.FromHours(1);

    public async Task<StepPlan> PlanAsync(StepContext context, IEnumerable<string> chosen, CancellationToken cancellationToken)
    {
        var made = MadePolicies.In(context.Past).ToList();
        var reading = await PolicyUndoReading.ReadAsync(teams, directory, context, made, cancellationToken);
        var planner = new PolicyUndoPlanner(context.Past, reading);
        var others = chosen.Where(name => !made.Exists(m => TeamsAnswers.IsSameName(m, name)));
        return new StepPlan(
            PoliciesStep.StepName, new Sentence("Policies.Undo.Choice"), new Sentence("Policies.Undo.Why"),
            [.. planner.Objects(made), .. planner.Others(others)], new Dictionary<string, string>(StringComparer.Ordinal), []);
    }

    /// <summary>Applies an action of the undo plan; null for an action of the step itself.</summary>
    public async Task<StepOutcome?> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken) => action switch
    {
        _ when NameIn(action, AwaitUnassigned) is { } policy => await AwaitUnassignedAsync(context, policy, cancellationToken),
        _ when NameIn(action, AwaitOutOfForce) is { } policy => await AwaitOutOfForceAsync(context, policy, cancellationToken),
        // A policy's name contains no slash.
        _ when NameIn(action, Unlink) is { } link => await RemoveAsync(context, action, link[..link.IndexOf('/', StringComparison.Ordinal)], cancellationToken),
        _ when NameIn(action, Remove) is { } policy => await RemoveAsync(context, action, policy, cancellationToken),
        _ => null,
    };

    public static string UnassignedKey(string policy) => AwaitUnassigned + policy;

    public static string OutOfForceKey(string policy) => AwaitOutOfForce + policy;

    public static string UnlinkKey(string policy, Guid objectId) => $"{Unlink}{policy}/{objectId}";

    public static string RemoveKey(string policy) => Remove + policy;

    /// <summary>Since when nobody is assigned the policy, as far as it was checked; null again once somebody was found after that.</summary>
    public static DateTimeOffset? UnassignedSince(IReadOnlyDictionary<string, PastAction> past, string policy) =>
        past.GetValueOrDefault(UnassignedKey(policy)) is { DoneAt: { } done } looked && done >= looked.BegunAt ? done : null;

    private static string? NameIn(PlannedAction action, string prefix) =>
        action.Key.StartsWith(prefix, StringComparison.Ordinal) ? action.Key[prefix.Length..] : null;

    private async Task<StepOutcome> AwaitUnassignedAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        if (assignments.FirstOrDefault(a => a.IsOf(policy)) is { } assignment)
        {
            var group = await directory.FindGroupAsync(context.Access, assignment.GroupId, cancellationToken);
            return new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Policies.Undo.GroupHasIt", group?.DisplayName ?? $"{assignment.GroupId}", policy), Offboarding, PollForPerson);
        }

        return await HeldByAsync(context, policy, cancellationToken) ?? new StepOutcome.Done();
    }

    /// <summary>
    /// Waits until the policy is out of force. Each check asks about a few people; Microsoft needs up to a day for the rest, of whom a part is asked after
    /// that.
    /// </summary>
    private async Task<StepOutcome> AwaitOutOfForceAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = UnassignedSince(context.Past, policy) ?? now;
        var choice = context.Choices.Get<GrantsChoice>(GrantsStep.StepName);
        foreach (var user in RecordedUsers.TestersOf(context, choice).Union(choice.Exceptions.Take(GrantsChoice.MostExceptions).Select(e => e.Person)))
        {
            if ((await EffectivePolicy.ReadAsync(teams, context.Access, user, assignments: [], cancellationToken)).Is(policy))
            {
                return new StepOutcome.Waiting(
                    WaitsFor.Microsoft, new Sentence("Policies.Undo.TesterHasIt", SecurityGroupsStep.NameOf(context, user), policy),
                    PollAfter: PollAfter(now - since));
            }
        }

        var left = since + options.Value.OutOfForceAfter - now;
        if (left > TimeSpan.Zero)
        {
            return new StepOutcome.Waiting(
                WaitsFor.Microsoft, new Sentence("Policies.Undo.OthersMayHaveIt", policy, (now + left).Utc()),
                PollAfter: left < LookMeanwhile ? left : LookMeanwhile);
        }

        var (asked, haveIt) = await new FormerMembers(teams, directory, time).AskAsync(context, policy, cancellationToken);
        return haveIt == 0
            ? new StepOutcome.Done()
            : new StepOutcome.Waiting(
                WaitsFor.Microsoft, new Sentence("Policies.Undo.MembersHaveIt", Sentence.Number(haveIt), Sentence.Number(asked), policy),
                PollAfter: PollAfter(now - since));
    }

    /// <summary>Removes a link or policy after checking once more for direct holders, because somebody may have granted it again during the day.</summary>
    private async Task<StepOutcome> RemoveAsync(StepContext context, PlannedAction action, string policy, CancellationToken cancellationToken) =>
        await HeldByAsync(context, policy, cancellationToken) ?? await teams.RemoveAsync(context, action, cancellationToken);

    private async Task<StepOutcome?> HeldByAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        var holders = await HoldersAsync(context, policy, cancellationToken);
        if (holders.Count == 0)
            return null;

        var names = new List<string>();
        foreach (var id in holders.Take(NamedPeople))
            names.Add((await directory.FindPersonAsync(context.Access, id, cancellationToken))?.Name ?? $"{id}");
        var ways = string.Join("; ", holders.Take(NamedPeople).Select(id => GrantCommands.TakeBack(id).ToPowerShell()));
        return new StepOutcome.Waiting(
            WaitsFor.Customer, new Sentence("Policies.Undo.PersonHasIt", string.Join(", ", names), policy, ways), PollAfter: PollForPerson);
    }

    private async Task<IReadOnlyList<Guid>> HoldersAsync(StepContext context, string policy, CancellationToken cancellationToken)
    {
        try
        {
            return await DirectHolders.ListAsync(teams, context.Access, policy, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            return []; // An interrupted run has removed the policy already.
        }
    }

    private static TimeSpan PollAfter(TimeSpan waited) => TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 4, ShortestPoll.Ticks, LongestPoll.Ticks));
}
