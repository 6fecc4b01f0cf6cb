using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Checks whether a policy has reached one person, and if not, says whom the run waits for.</summary>
internal sealed class EffectWait(ITeams teams, PersonalGrants personal, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LastPoll = TimeSpan.FromMinutes(10);

    public async Task<StepOutcome> LookAsync(StepContext context, GrantsChoice choice, PlannedAction action, CancellationToken cancellationToken)
    {
        var user = Guid.Parse(action.Key.AsSpan(action.Key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);
        var assignments = await GroupAssignments.ListAsync(teams, context.Access, cancellationToken);
        var effective = await EffectivePolicy.ReadAsync(teams, context.Access, user, assignments, cancellationToken);
        if (action.Key == GrantPlanner.AwaitExceptionKey(user))
        {
            var exception = new PersonalGrant(PersonalGrant.Exception, user, WantedPolicy.Of(context, choice.Exceptions.First(e => e.Person == user)).Name);
            return effective.IsDirect(exception.Policy)
                ? new StepOutcome.Done()
                : Wait(action, user, effective, personal.OtherOf(effective, user, exception.Policy), AskedSince(context, exception));
        }

        var policy = WantedPolicy.OfTester(context, choice, user).Name;
        var trial = new PersonalGrant(PersonalGrant.Trial, user, policy);
        var isForTrial = action.Key == GrantPlanner.AwaitTrialKey(user);
        if (isForTrial ? effective.Is(policy) : effective.IsInForce(policy))
            return new StepOutcome.Done();
        if (!isForTrial && OtherPolicy(context, choice, user, assignments) is { } question)
            return new StepOutcome.Waiting(WaitsFor.Customer, question, StepOutcome.Waiting.ChoicesOf(GrantsStep.StepName), LastPoll);

        var first = personal.RivalOf(effective, user, policy) is { } rival ? personal.FirstToGo(effective, user, policy, rival) : null;
        return Wait(action, user, effective, first, isForTrial ? AskedSince(context, trial) : WaitedSince(context, action, policy));
    }

    /// <summary>
    /// The plan's question about a group that got another policy after the approval. The plan's first action may be this wait, which would hide the question.
    /// </summary>
    private static Sentence? OtherPolicy(StepContext context, GrantsChoice choice, Guid user, IReadOnlyList<GroupAssignment> assignments) => (
        from identity in RecordedUsers.IdentitiesOf(context, choice)
        where RecordedUsers.TestersOf(context, choice, identity).Contains(user)
        from other in assignments
        where other.GroupId == SecurityGroupsStep.FindId(context, identity) && !other.IsOf(WantedPolicy.Of(context, choice, identity).Name)
        let name = GrantOutputs.FindName(context, identity, other.GroupId) ?? identity
        select GrantPlanner.HasAnother(context.Past, identity, name, other)).FirstOrDefault();

    /// <param name="rival">What keeps the policy from the person; null if it is on its way.</param>
    private StepOutcome.Waiting Wait(PlannedAction action, Guid user, EffectivePolicy effective, string? rival, DateTimeOffset? since)
    {
        var (name, poll) = (action.Title.Arguments[0], PollAfter(since));
        if (rival is not null)
        {
            var words = effective.IsDirect(rival)
                ? new Sentence("Grants.WaitForRemoval", rival, name, GrantCommands.TakeBack(user).ToPowerShell())
                : new Sentence("Grants.WaitForRank", rival, name);
            return new StepOutcome.Waiting(WaitsFor.Customer, words, PollAfter: poll);
        }

        // Microsoft promises one day; after that somebody may have to look into it.
        return time.GetUtcNow() - since > PersonalGrants.Longest
            ? new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForEffect.Late", name, since!.Value.Utc()), PollAfter: poll)
            : new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.WaitForEffect", name), PollAfter: poll);
    }

    /// <summary>
    /// When the wait for this person began. A group may have had its policy for weeks when a test user is added, so that person's wait begins later.
    /// </summary>
    private static DateTimeOffset? WaitedSince(StepContext context, PlannedAction action, string policy) =>
        GrantOutputs.GrantedSince(context, policy) is not { } granted ? null
        : context.Past.GetValueOrDefault(action.Key)?.BegunAt is { } begun && begun > granted ? begun : granted;

    private DateTimeOffset? AskedSince(StepContext context, PersonalGrant grant) => GrantOutputs.AskedSince(context, grant) ?? personal.AcceptedAt(grant);

    /// <summary>Each check takes a worker, and a day is normal: check soon at first, then after a quarter of the time waited so far.</summary>
    private TimeSpan PollAfter(DateTimeOffset? since)
    {
        var waited = time.GetUtcNow() - (since ?? time.GetUtcNow());
        return TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 4, FirstPoll.Ticks, LastPoll.Ticks));
    }
}
