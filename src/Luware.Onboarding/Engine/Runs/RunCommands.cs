using System.Linq.Expressions;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>What people do with runs: start, confirm, take back, resume. Each command writes the row first and then wakes its job.</summary>
internal sealed partial class RunCommands(
    IDbContextFactory<PortalDbContext> contexts, StepGraph graph, Journal journal, LinkRevocation revocation, RunScheduler scheduler, RunFeed feed,
    ISessions sessions, CustomerTenants tenants, TimeProvider time)
{
    /// <param name="authorization">For a colleague, it covers one step, which is carried out with their sign-in; other active steps keep theirs.</param>
    public async Task<Decision> ApproveAsync(StepAuthorization authorization, Actor actor, string digest, CancellationToken cancellationToken)
    {
        var tenantId = authorization.Customer.Id;
        var outcome = await contexts.ChangeAsync(tenantId, async db =>
        {
            var (tenant, active) = await LoadActiveAsync(db, tenantId, actor, cancellationToken);
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var atWork = active is { Kind: RunKind.Apply } ? active : null;
            if (active is { Kind: not RunKind.Apply } && !RunRows.YieldsToApproval(active))
                return Refuse("Engine.UndoFirst");
            if (active is not null && active.PlanDigest == digest && active.State != RunState.Waiting
                && (!authorization.IsColleague || await IsWithColleagueSignInAsync(db, actor, RunScope.Steps(active), cancellationToken)))
                return Outcome.Nothing;
            if (new Approvable(graph, stored, atWork).Covered(digest) is not { } covered || !covered.All(authorization.Covers))
                return Refuse("Engine.PlanOutdated");
            // An approval that does nothing in the step decides nothing about what is still being taken back.
            if (active is { Kind: RunKind.Undo } && !covered.Any(step => step == active.Step && stored.Plan(step)?.Actions.Any() == true))
                return Refuse("Engine.UndoFirst");
            if (authorization.IsColleague && !await UseColleagueSignInAsync(db, actor, covered, cancellationToken))
                return Refuse("Engine.PlanOutdated");

            var (plans, choices) = RunScope.Merge(graph, stored, covered, atWork);
            var run = NewRun(RunKind.Apply, tenantId, actor, EngineJson.Write(plans), digest, RunChoices.Write(choices));
            if (authorization.IsColleague && atWork is not null)
                run.Access = atWork.Access;
            if (active is not null && !RunScope.Steps(run).All(covered.Contains))
                await CopyApprovalsAsync(db, active, run, cancellationToken);
            Start(db, tenant, active, run, Approval(actor, authorization, covered));
            await QueueAsync(db, run, s => s.Status != StepStatus.Verified && s.Status != StepStatus.VerifiedByHand, cancellationToken);
            return Outcome.ToWake(run);
        }, cancellationToken);
        return await FinishAsync(outcome, cancellationToken);
    }

    public async Task<Decision> ConfirmAsync(Guid tenantId, Actor actor, Gated action, int people, CancellationToken cancellationToken)
    {
        var outcome = await contexts.ChangeAsync(tenantId, async db =>
        {
            var run = await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Id == action.RunId, cancellationToken);
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var planned = stored.Plan(action.Step)?.Actions.FirstOrDefault(a => a.Key == action.ActionKey);
            if (run is null || planned is not { Impact.CanStopCalls: true } || !StandsBefore(run, action))
                return Refuse("Engine.NothingToConfirm");
            if (planned.Impact.FollowsTrial && await TestCalls.HaveFailedAsync(db, cancellationToken))
                return new Outcome(new Decision(TestCalls.Stand));
            if (planned.Impact.People != people)
                return Refuse("Engine.WrongNumber", $"{planned.Impact.People}");
            if (Gate.NotReady((await tenants.ShowAsync(db, tenantId, cancellationToken)).Tenant, planned.Impact) is { } notReady)
                return new Outcome(new Decision(notReady));

            db.Confirmations.Add(new GateConfirmation
            {
                TenantId = tenantId, RunId = action.RunId, Step = action.Step, ActionKey = action.ActionKey, People = people,
                ConfirmedBy = actor.Access.PersonId, ConfirmedAt = time.GetUtcNow(),
            });
            journal.Add(db, JournalLine.Of(run, JournalKind.Confirmed, Confirmed(actor.Mention, people), action.Step)
                with { Person = actor.Access.PersonId, Facts = new AuditData { ["action"] = action.ActionKey, ["people"] = people } });
            run.Nudge(time.GetUtcNow());
            return Outcome.ToWake(run);
        }, cancellationToken);
        return await FinishAsync(outcome, cancellationToken);
    }

    /// <param name="actor">The person whose sign-in takes over if the run's own has ended; null for an event without a person.</param>
    public Task NudgeAsync(Guid tenantId, Actor? actor, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, db => NudgeAsync(db, actor, cancellationToken), cancellationToken);

    /// <summary>Saves a change, notifies the tenant's followers, and wakes the run that the change nudged.</summary>
    /// <param name="change">Returns the nudged run.</param>
    public async Task ChangeAsync(Guid tenantId, Func<PortalDbContext, Task<Run?>> change, CancellationToken cancellationToken)
    {
        var woken = await contexts.ChangeAsync(tenantId, change, cancellationToken);
        feed.Publish(tenantId);
        await WakeAsync(woken, cancellationToken);
    }

    /// <summary>Adds to a change about to be saved that somebody returned from the page where an action is settled, and nudges the run.</summary>
    /// <inheritdoc cref="NudgeAsync(PortalDbContext, Actor, CancellationToken)"/>
    public async Task<Run?> ReturnAsync(PortalDbContext db, string step, string actionKey, CancellationToken cancellationToken)
    {
        var woken = await NudgeAsync(db, actor: null, cancellationToken);
        if (woken is { Kind: RunKind.Apply })
            journal.Add(db, JournalLine.Of(woken, JournalKind.PersonReturned, new Sentence("Engine.CameBack"), step) with { ActionKey = actionKey });
        return woken;
    }

    /// <returns>The run to wake once the change is saved; null for none.</returns>
    public async Task<Run?> NudgeAsync(PortalDbContext db, Actor? actor, CancellationToken cancellationToken)
    {
        var run = await ActiveAsync(db, cancellationToken);
        var isWoken = actor is null || (run is not null && await ResumeAsync(db, run, actor, cancellationToken));
        // Whoever may work on every step does not come as a colleague, but may still carry a step as one.
        isWoken |= actor is not null && await RenewColleagueSignInAsync(db, actor.Access, cancellationToken);
        if (run is null || !isWoken)
            return null;

        run.Nudge(time.GetUtcNow());
        return run;
    }

    /// <param name="run">Null for none.</param>
    public async Task WakeAsync(Run? run, CancellationToken cancellationToken)
    {
        if (run is null)
            return;

        feed.Publish(run.TenantId);
        if (run.State != RunState.Running)
            await scheduler.ScheduleAsync(Wake.Of(run, time.GetUtcNow()), cancellationToken);
    }

    /// <summary>
    /// Nudges a run that waits in a step which is no longer wanted; nothing else would wake it. It also nudges a run whose question was answered, if its
    /// approval covers the answer's consequences, and gives it the new choices.
    /// </summary>
    public Task TakeUpChoicesAsync(Guid tenantId, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, async db =>
        {
            if (await ActiveAsync(db, cancellationToken) is not { Kind: RunKind.Apply } run || RunRows.Waits(run) is not { Count: > 0 } waits)
                return null;

            var stored = await Readings.LoadAsync(db, cancellationToken);
            var answered = waits.Where(w => w.AsksForChoice).Select(w => w.Step).Where(step => RunScope.TakesUp(graph, stored, run, step)).ToList();
            if (answered.Count == 0 && !waits.Exists(w => stored.IsSkipped(w.Step)))
                return null;
            run.ChoicesJson = RunChoices.Write(RunChoices.Read(run.ChoicesJson).With(stored.Choices, answered));
            run.Nudge(time.GetUtcNow());
            return run;
        }, cancellationToken);

    private StartLine Approval(Actor actor, StepAuthorization authorization, IReadOnlyList<string> covered) => new(
        actor, authorization.IsColleague ? JournalKind.StepApproved : JournalKind.Approved,
        graph.IsWhole(covered)
            ? new Sentence("Engine.Approved", actor.Mention)
            : new Sentence("Engine.ApprovedSteps", actor.Mention, Sentence.KeyArgument(covered.Select(s => $"Step.{s}"))));

    /// <summary>Copies the approvals of the replaced run, because the new run continues parts of its plan and its approvers remain approvers.</summary>
    private async Task CopyApprovalsAsync(PortalDbContext db, Run replaced, Run run, CancellationToken cancellationToken)
    {
        var approvals = await db.Journal.AsNoTracking()
            .Where(e => e.RunId == replaced.Id && (e.Kind == JournalKind.Approved || e.Kind == JournalKind.StepApproved))
            .OrderBy(e => e.At).ToListAsync(cancellationToken);
        foreach (var approval in approvals.DistinctBy(a => (a.Person, a.Kind)))
        {
            var name = EngineJson.Read<Sentence>(approval.TextJson).Arguments[0];
            journal.Add(db, JournalLine.Of(run, approval.Kind, new Sentence("Engine.ApprovedBefore", name)) with { Person = approval.Person });
        }
    }

    /// <summary>
    /// Loads the tenant, then its active run. Starting a run updates the tenant's row, so of two concurrent starts one fails its concurrency check
    /// and is carried out again.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The person's session has ended meanwhile.</exception>
    private async Task<(CustomerTenant Tenant, Run? Active)> LoadActiveAsync(
        PortalDbContext db, Guid tenantId, Actor actor, CancellationToken cancellationToken)
    {
        var tenant = await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken);
        // Ending the portal's access also updates the tenant's row, so a retry after that finds no session.
        await sessions.RequireAsync(db, actor.Access, cancellationToken);
        return (tenant, await ActiveAsync(db, cancellationToken));
    }

    /// <summary>The run that has not ended: a tenant has one at most, because whatever starts one ends the other or is refused.</summary>
    private static Task<Run?> ActiveAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.Runs.Where(Run.Active).SingleOrDefaultAsync(cancellationToken);

    private void Start(PortalDbContext db, CustomerTenant tenant, Run? replaced, Run run, StartLine line)
    {
        tenant.CurrentRunId = run.Id;
        if (replaced is not null)
        {
            var words = RunRows.YieldsToApproval(replaced) ? TestCalls.TakenBack : new Sentence("Engine.Replaced");
            replaced.End(RunState.Replaced, time.GetUtcNow());
            journal.Add(db, JournalLine.Of(replaced, JournalKind.Replaced, words));
        }

        db.Runs.Add(run);
        journal.Add(db, JournalLine.Of(run, line.Kind, line.Text, run.Step ?? "") with { Person = line.By.Access.PersonId, Facts = Approved(run) });
    }

    private static AuditData Approved(Run run) => new()
    {
        ["digest"] = run.PlanDigest, ["steps"] = RunScope.Steps(run).Order(StringComparer.Ordinal),
        ["actions"] = run.Kind == RunKind.Undo ? null : RunScope.Plans(run).SelectMany(p => p.Actions.Select(a => $"{p.Step}/{a.Key}")),
    };

    private Run NewRun(RunKind kind, Guid tenantId, Actor actor, string planJson, string digest, string choicesJson, string? step = null)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = kind, Step = step, ApprovedAt = now, ApprovedBy = actor.Mention, Access = actor.Access, WakeAt = now,
            PlanJson = planJson, PlanDigest = digest, ChoicesJson = choicesJson, WaitsJson = "[]",
        };
    }

    /// <summary>Queues the run's own steps. Steps that its plan skips get the status of their plan.</summary>
    private static async Task QueueAsync(PortalDbContext db, Run run, Expression<Func<StepRecord, bool>> which, CancellationToken cancellationToken)
    {
        // A run that takes back has more than its own steps in its plan.
        var own = RunScope.Steps(run);
        var approved = RunScope.Plans(run).Where(p => own.Contains(p.Step)).ToDictionary(p => p.Step, StringComparer.Ordinal);
        foreach (var record in await db.Steps.Where(which).ToListAsync(cancellationToken))
        {
            if (approved.GetValueOrDefault(record.Step) is not { } plan)
                continue;
            if (plan.IsSkipped)
                ReadingStatus.Settle(record, plan);
            else
                record.Move(StepStatus.Queued, null);
        }
    }

    /// <summary>Completes a change after it was saved.</summary>
    private async Task<Decision> FinishAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        await WakeAsync(outcome.Woken, cancellationToken);
        return outcome.Decision;
    }

    private static Sentence Confirmed(string name, int people) =>
        people == 0 ? new Sentence("Engine.ConfirmedUncounted", name) : new Sentence("Engine.Confirmed", name, $"{people}");

    /// <summary>True if the run waits at the gate with exactly this action, because later ones cannot be confirmed in advance.</summary>
    private static bool StandsBefore(Run run, Gated action) => RunRows.Waits(run).Exists(w => w.Step == action.Step && w.Gate?.ActionKey == action.ActionKey);

    private static Outcome Refuse(string key, params string[] arguments) => new(new Decision(new Sentence(key, arguments)));

    /// <summary>Who starts a run, and the line that says so.</summary>
    private sealed record StartLine(Actor By, JournalKind Kind, Sentence Text);

    /// <summary>The decision of a change of runs, and what to do once it is saved.</summary>
    /// <param name="Woken">The run to take up now.</param>
    private sealed record Outcome(Decision Decision, Run? Woken = null)
    {
        public static readonly Outcome Nothing = new(Decision.Accepted);

        public static Outcome ToWake(Run run) => new(Decision.Accepted, run);
    }
}

/// <summary>An action of a run that waits at the safety gate.</summary>
internal sealed record Gated(Guid RunId, string Step, string ActionKey);
