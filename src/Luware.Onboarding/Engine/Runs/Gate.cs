using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>
/// The safety gate. It belongs to the impact, not to a step: whatever can keep people from calling passes only when Luware's
/// recorders are ready and somebody has typed how many people it touches, or agreed to it where they cannot be counted. The one
/// test user who comes first was named by whoever approved, and so was everybody whose own policy gives way to one that a test
/// user has by now; the number is typed when the first has tried it.
/// </summary>
internal sealed class Gate(IDbContextFactory<PortalDbContext> contexts, CustomerTenants tenants)
{
    public async Task<Hold?> HoldAsync(RunPass pass, IStep step, PlannedAction action, CancellationToken cancellationToken)
    {
        // Taking back never makes a policy effective for anybody, and must not be held up.
        if (!action.Impact.CanStopCalls || pass.Run.Kind != RunKind.Apply)
            return null;

        await using var db = await contexts.OpenAsync(pass.TenantId, cancellationToken);
        var ready = await tenants.IsReadyAsync(db, pass.TenantId, cancellationToken);
        var people = action.Impact.People;
        var view = new GateView(action.Key, people, action.Impact.TestUsers, ready) { TriedBy = action.Impact.TriedBy };
        if (!ready)
            return Ask(WaitsFor.Luware, NotReady(people), view);

        var confirmed = action.Impact.IsNamed || await db.Confirmations.AnyAsync(
            c => c.RunId == pass.Run.Id && c.Step == step.Name && c.ActionKey == action.Key && (people == 0 ? c.People == 0 : c.People >= people), cancellationToken);
        if (!confirmed)
            return Ask(WaitsFor.Customer, people == 0 ? new Sentence("Engine.ConfirmUncounted") : new Sentence("Engine.ConfirmPeople", $"{people}"), view);

        // Whoever confirmed, or named the person, did so before the call failed.
        return action.Impact.FollowsTrial && await TestCalls.HaveFailedAsync(db, cancellationToken) ? new Hold(new StepOutcome.Waiting(WaitsFor.Customer, TestCalls.Stand)) : null;
    }

    public static Sentence NotReady(int people) => new(people == 0 ? "Engine.NotReadyUncounted" : "Engine.NotReady");

    private static Hold Ask(WaitsFor on, Sentence words, GateView view) => new(new StepOutcome.Waiting(on, words)) { Gate = view };
}
