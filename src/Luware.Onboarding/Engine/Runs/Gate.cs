using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>
/// The safety gate. It depends on the impact, not on the step: an action that can stop calls passes only when Luware's recorders are ready and somebody has
/// typed how many people it affects, or agreed to it when nobody is known. No number is typed for people whom the approver has named: the first test user, and
/// each person whose own policy is replaced by one that is in force for a test user already.
/// </summary>
internal sealed class Gate(IDbContextFactory<PortalDbContext> contexts, CustomerTenants tenants)
{
    public async Task<Hold?> HoldAsync(RunPass pass, IStep step, PlannedAction action, CancellationToken cancellationToken)
    {
        // Taking back must not be delayed. What would put another policy into force that can stop calls waits in the step's own plan.
        if (!action.Impact.CanStopCalls || pass.Run.Kind != RunKind.Apply)
            return null;

        await using var db = await contexts.OpenAsync(pass.TenantId, cancellationToken);
        var people = action.Impact.People;
        var notReady = NotReady((await tenants.ShowAsync(db, pass.TenantId, cancellationToken)).Tenant, action.Impact);
        var view = new GateView(action.Key, people, action.Impact.TestUsers, ReadyFlag: notReady is null) { TriedBy = action.Impact.TriedBy };
        if (notReady is not null)
            return Ask(WaitsFor.Luware, notReady, view);

        var confirmed = action.Impact.IsNamed || await db.Confirmations.AnyAsync(
            c => c.RunId == pass.Run.Id && c.Step == step.Name && c.ActionKey == action.Key && (people == 0 ? c.People == 0 : c.People >= people),
            cancellationToken);
        if (!confirmed)
            return Ask(WaitsFor.Customer, people == 0 ? new Sentence("Engine.ConfirmUncounted") : new Sentence("Engine.ConfirmPeople", $"{people}"), view);

        // A test call that failed after the confirmation, or after the person was named, still holds the action.
        return action.Impact.FollowsTrial && await TestCalls.HaveFailedAsync(db, cancellationToken)
            ? new Hold(new StepOutcome.Waiting(WaitsFor.Customer, TestCalls.Stand))
            : null;
    }

    /// <returns>What the gate waits for until Luware is ready for this impact; null once it is.</returns>
    public static Sentence? NotReady(OnboardingTenant tenant, Impact impact) =>
        !tenant.Ready ? new Sentence(impact.IsUncounted ? "Engine.NotReadyUncounted" : "Engine.NotReady")
        : impact.Group is { } group && !tenant.IsReadyFor([group.Id]) ? new Sentence("Engine.GroupNotReady", group.Name)
        : null;

    private static Hold Ask(WaitsFor on, Sentence words, GateView view) => new(new StepOutcome.Waiting(on, words)) { Gate = view };
}
