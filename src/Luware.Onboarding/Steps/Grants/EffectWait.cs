using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
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
                : Wait(action, user, effective, exception.Policy, AskedSince(context, exception));
        }

        var policy = WantedPolicy.OfTester(context, choice, user).Name;
        var trial = new PersonalGrant(PersonalGrant.Trial, user, policy);
        var isForTrial = action.Key == GrantPlanner.AwaitTrialKey(user);
        return (isForTrial ? effective.Is(policy) : effective.IsInForce(policy))
            ? new StepOutcome.Done()
            : Wait(action, user, effective, policy, isForTrial ? AskedSince(context, trial) : WaitedSince(context, action, policy));
    }

    private StepOutcome.Waiting Wait(PlannedAction action, Guid user, EffectivePolicy effective, string policy, DateTimeOffset? since)
    {
        var (name, poll, takeBack) = (action.Title.Arguments[0], PollAfter(since), GrantCommands.TakeBack(user).ToPowerShell());
        if (effective.IsDirect(policy) && effective.Rival(policy) is not null && !personal.Has(user, policy))
            return new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Grants.WaitForRemoval", policy, name, takeBack), PollAfter: poll);
        if (effective.Rival(policy) is { } rival && personal.FindTrial(user, rival) is null)
        {
            var words = effective.IsDirect(rival)
                ? new Sentence("Grants.WaitForRemoval", rival, name, takeBack)
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
