using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>What people make of runs: start, confirm, take back, look again. The row first, then the trigger.</summary>
internal sealed class RunCommands(
    IDbContextFactory<PortalDbContext> contexts, StepGraph graph, Journal journal, RunScheduler scheduler, RunFeed feed,
    ISessions sessions, TimeProvider time)
{
    public async Task<Decision> ApproveAsync(Guid tenantId, Actor actor, string digest, CancellationToken cancellationToken)
    {
        Decision? refused = null;
        Run? started = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (refused, started) = (null, null);
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var active = await db.Runs.Where(Run.Active).ToListAsync(cancellationToken);
            if (active.Exists(r => r.Kind == RunKind.Undo))
                refused = Refuse("Engine.UndoFirst");
            else if (PlanDigest.Of(graph, stored) != digest)
                refused = Refuse("Engine.PlanOutdated");
            else if (!active.Exists(r => r.PlanDigest == digest && r.State != RunState.Waiting))
                started = await StartAsync(db, active, NewApply(tenantId, actor, stored, digest), cancellationToken);

            if (started is not null)
                Queue(await db.Steps.Where(s => s.Status != StepStatus.Verified && s.Status != StepStatus.VerifiedByHand).ToListAsync(cancellationToken), stored);
        }, cancellationToken);
        return refused ?? await WakeAsync(started, cancellationToken);
    }

    public async Task<Decision> UndoAsync(Guid tenantId, Actor actor, string step, CancellationToken cancellationToken)
    {
        Run? started = null;
        Guid[] replaced = [];
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (started, replaced) = (null, []);
            var active = await db.Runs.Where(Run.Active).ToListAsync(cancellationToken);
            if (active.Exists(r => r.Kind == RunKind.Undo && r.Step == step))
                return;

            var stored = await Readings.LoadAsync(db, cancellationToken);
            var applying = active.Where(r => r.Kind == RunKind.Apply).ToList();
            replaced = [.. applying.Where(r => r.State == RunState.Running).Select(r => r.Id)];
            var maker = await Journal.LastMakerAsync(db, step, cancellationToken);
            started = await StartAsync(db, applying, NewUndo(tenantId, actor, stored, step, maker), cancellationToken);
            var records = await db.Steps.ToListAsync(cancellationToken);
            ReadingStatus.Settle(records);
            Queue(records.Where(r => r.Step == step));
        }, cancellationToken);
        foreach (var run in replaced)
            await scheduler.InterruptAsync(run, cancellationToken);
        return await WakeAsync(started, cancellationToken);
    }

    public async Task<Decision> ConfirmAsync(Guid tenantId, Actor actor, Gated action, int people, CancellationToken cancellationToken)
    {
        Decision? refused = null;
        Run? run = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (refused, run) = (null, await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Id == action.RunId, cancellationToken));
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var planned = stored.Plan(action.Step)?.Actions.FirstOrDefault(a => a.Key == action.ActionKey);
            refused = run is null || planned is not { Impact.CanStopCalls: true } || !StandsBefore(run, action) ? Refuse("Engine.NothingToConfirm")
                : planned.Impact.People != people ? Refuse("Engine.WrongNumber", $"{planned.Impact.People}")
                : await db.Tenants.AnyAsync(t => t.Id == tenantId && t.Ready, cancellationToken) ? null
                : new Decision(Gate.NotReady(people));
            if (refused is not null)
                return;

            db.Confirmations.Add(new GateConfirmation
            {
                TenantId = tenantId, RunId = action.RunId, Step = action.Step, ActionKey = action.ActionKey, People = people,
                ConfirmedBy = actor.Access.PersonId, ConfirmedAt = time.GetUtcNow(),
            });
            journal.Add(db, JournalLine.Of(run!, JournalKind.Confirmed, Confirmed(actor.Name, people), action.Step)
                with { Person = actor.Access.PersonId });
            run!.Nudge(time.GetUtcNow());
        }, cancellationToken);
        return refused ?? await WakeAsync(run, cancellationToken);
    }

    /// <param name="actor">Whose sign-in takes over where the run's own has ended; null for an event without a person.</param>
    public async Task NudgeAsync(Guid tenantId, Actor? actor, CancellationToken cancellationToken)
    {
        var woken = new List<Run>();
        await contexts.ChangeAsync(tenantId, async db =>
        {
            woken.Clear();
            foreach (var run in await db.Runs.Where(Run.Active).ToListAsync(cancellationToken))
            {
                if (actor is not null && !await ResumeAsync(db, run, actor, cancellationToken))
                    continue;
                run.Nudge(time.GetUtcNow());
                woken.Add(run);
            }
        }, cancellationToken);
        foreach (var run in woken)
            await WakeAsync(run, cancellationToken);
    }

    /// <summary>A run that waits in a step which is not wanted any more looks again: nothing else would tell it.</summary>
    public async Task LetGoAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        Run? woken = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            woken = null;
            var run = await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Kind == RunKind.Apply, cancellationToken);
            if (run is null || RunRows.Waits(run) is not { Count: > 0 } waits)
                return;

            var stored = await Readings.LoadAsync(db, cancellationToken);
            if (!waits.Exists(w => stored.IsSkipped(w.Step)))
                return;
            run.Nudge(time.GetUtcNow());
            woken = run;
        }, cancellationToken);
        await WakeAsync(woken, cancellationToken);
    }

    /// <returns>False where the run is none of the person's: they neither approved it nor hold a role that a step needs.</returns>
    private async Task<bool> ResumeAsync(PortalDbContext db, Run run, Actor actor, CancellationToken cancellationToken)
    {
        var (access, person) = (run.Access, actor.Access.PersonId);
        var isApprover = await db.Journal.AnyAsync(
            e => e.RunId == run.Id && e.Person == person && (e.Kind == JournalKind.Approved || e.Kind == JournalKind.UndoAsked), cancellationToken);
        if (!isApprover && !graph.NeedsAnyOf(actor.Roles))
            return false;

        Queue(await db.Steps.Where(s => s.Status == StepStatus.Failed).ToListAsync(cancellationToken));
        var takesBack = isApprover && access.PersonId != person;
        if (access == actor.Access || (!takesBack && await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken)))
            return true;

        run.Access = actor.Access;
        journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.Resumed", actor.Name)) with { Person = person });
        return true;
    }

    private async Task<Run> StartAsync(PortalDbContext db, List<Run> replaced, Run run, CancellationToken cancellationToken)
    {
        var tenant = await db.Tenants.SingleAsync(t => t.Id == run.TenantId, cancellationToken);
        tenant.CurrentRunId = run.Id;
        foreach (var other in replaced)
        {
            other.End(RunState.Replaced, time.GetUtcNow());
            journal.Add(db, JournalLine.Of(other, JournalKind.Replaced, new Sentence("Engine.Replaced")));
        }

        db.Runs.Add(run);
        var (kind, key) = run.Kind == RunKind.Apply ? (JournalKind.Approved, "Engine.Approved") : (JournalKind.UndoAsked, "Engine.UndoAsked");
        journal.Add(db, JournalLine.Of(run, kind, new Sentence(key, run.ApprovedBy), run.Step ?? "") with { Person = run.Access.PersonId });
        return run;
    }

    private Run NewApply(Guid tenantId, Actor actor, StoredSteps stored, string digest)
    {
        var now = time.GetUtcNow();
        var plans = graph.Nodes.Select(n => stored.Plan(n.Name)).OfType<StepPlan>().ToList();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plans), PlanDigest = digest, ChoicesJson = RunChoices.Write(stored.Choices), WaitsJson = "[]",
        };
    }

    /// <summary>What was made is taken back, not what is chosen by now: choices and plan are those of the run that made it.</summary>
    private Run NewUndo(Guid tenantId, Actor actor, StoredSteps stored, string step, Run? maker)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Undo, Step = step, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = maker?.PlanJson ?? "[]", PlanDigest = "", ChoicesJson = maker?.ChoicesJson ?? RunChoices.Write(stored.Choices), WaitsJson = "[]",
        };
    }

    /// <summary>The approved plan may do without some of them.</summary>
    private static void Queue(List<StepRecord> records, StoredSteps approved)
    {
        foreach (var record in records.Where(r => approved.IsSkipped(r.Step)))
            ReadingStatus.Settle(record, approved.Plan(record.Step)!);
        Queue(records.Where(r => !approved.IsSkipped(r.Step)));
    }

    private static void Queue(IEnumerable<StepRecord> records)
    {
        foreach (var record in records)
            record.Move(StepStatus.Queued, null);
    }

    private async Task<Decision> WakeAsync(Run? run, CancellationToken cancellationToken)
    {
        if (run is not null)
        {
            feed.Publish(run.TenantId);
            if (run.State != RunState.Running)
                await scheduler.ScheduleAsync(Wake.Of(run, time.GetUtcNow()), cancellationToken);
        }

        return Decision.Accepted;
    }

    private static Sentence Confirmed(string name, int people) =>
        people == 0 ? new Sentence("Engine.ConfirmedUncounted", name) : new Sentence("Engine.Confirmed", name, $"{people}");

    /// <summary>The run itself asks for it: an action that another one comes before cannot be confirmed in advance.</summary>
    private static bool StandsBefore(Run run, Gated action) => RunRows.Waits(run).Exists(w => w.Step == action.Step && w.Gate?.ActionKey == action.ActionKey);

    private static Decision Refuse(string key, params string[] arguments) => new(new Sentence(key, arguments));
}

/// <summary>An action of a run that stands before the safety gate.</summary>
internal sealed record Gated(Guid RunId, string Step, string ActionKey);
