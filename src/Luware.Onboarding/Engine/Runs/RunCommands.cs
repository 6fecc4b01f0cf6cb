using System.Linq.Expressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
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
            var atWork = active.Find(r => r.Kind == RunKind.Apply);
            if (active.Exists(r => r.Kind != RunKind.Apply))
                refused = Refuse("Engine.UndoFirst");
            else if (active.Exists(r => r.PlanDigest == digest && r.State != RunState.Waiting))
                return;
            else if (new Approvable(graph, stored, atWork).Covered(digest) is { } covered)
                started = await ApplyAsync(db, active, NewApply(tenantId, actor, stored, covered, digest, atWork), covered, cancellationToken);
            else
                refused = Refuse("Engine.PlanOutdated");
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
            var others = active.Where(r => r.Kind != RunKind.Undo).ToList();
            replaced = AtWork(others);
            var maker = await Journal.LastMakerAsync(db, step, cancellationToken);
            started = NewUndo(tenantId, actor, stored, step, maker);
            await StartAsync(db, others, started, JournalKind.UndoAsked, new Sentence("Engine.UndoAsked", actor.Name), cancellationToken);
            await QueueAsync(db, RunScope.Steps(started), cancellationToken);
        }, cancellationToken);
        return await InsteadAsync(started, replaced, cancellationToken);
    }

    public async Task<Decision> OffboardAsync(Guid tenantId, Actor actor, OffboardingPlan plan, CancellationToken cancellationToken)
    {
        Decision? refused = null;
        Run? started = null;
        Guid[] replaced = [];
        var digest = Approvable.Digest(plan.Steps);
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (refused, started, replaced) = (null, null, []);
            var active = await db.Runs.Where(Run.Active).ToListAsync(cancellationToken);
            if (active.Exists(r => r.Kind == RunKind.Undo))
                refused = Refuse("Engine.UndoFirst");
            else if (!active.Exists(r => r.Kind == RunKind.Offboard && r.PlanDigest == digest && r.State != RunState.Waiting))
            {
                replaced = AtWork(active);
                started = NewOffboarding(tenantId, actor, plan, digest);
                await StartAsync(db, active, started, JournalKind.UndoAsked, new Sentence("Engine.OffboardingApproved", actor.Name), cancellationToken);
                await QueueAsync(db, RunScope.Steps(started), cancellationToken);
            }
        }, cancellationToken);
        return refused ?? await InsteadAsync(started, replaced, cancellationToken);
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

    /// <summary>Somebody came back from where an action is settled: said in the transcript of the run that waits for it.</summary>
    public async Task ReturnAsync(Guid tenantId, string step, string actionKey, CancellationToken cancellationToken)
    {
        await contexts.ChangeAsync(tenantId, async db =>
        {
            if (await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Kind == RunKind.Apply, cancellationToken) is { } run)
                journal.Add(db, JournalLine.Of(run, JournalKind.PersonReturned, new Sentence("Engine.CameBack"), step) with { ActionKey = actionKey });
        }, cancellationToken);
        await NudgeAsync(tenantId, null, cancellationToken);
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

        await QueueAsync(db, run, s => s.Status == StepStatus.Failed, cancellationToken);
        var takesBack = isApprover && access.PersonId != person;
        if (access == actor.Access || (!takesBack && await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken)))
            return true;

        run.Access = actor.Access;
        journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.Resumed", actor.Name)) with { Person = person });
        return true;
    }

    private async Task<Run> ApplyAsync(PortalDbContext db, List<Run> replaced, Run run, IReadOnlyList<string> covered, CancellationToken cancellationToken)
    {
        var text = graph.IsWhole(covered)
            ? new Sentence("Engine.Approved", run.ApprovedBy)
            : new Sentence("Engine.ApprovedSteps", run.ApprovedBy, Sentence.KeyArgument(covered.Select(s => $"Step.{s}")));
        if (!RunScope.Steps(run).All(covered.Contains))
            await CarryAsync(db, replaced, run, cancellationToken);
        await StartAsync(db, replaced, run, JournalKind.Approved, text, cancellationToken);
        await QueueAsync(db, run, s => s.Status != StepStatus.Verified && s.Status != StepStatus.VerifiedByHand, cancellationToken);
        return run;
    }

    /// <summary>Whoever approved what goes on in the new run is one of its approvers too.</summary>
    private async Task CarryAsync(PortalDbContext db, List<Run> replaced, Run run, CancellationToken cancellationToken)
    {
        var ids = replaced.ConvertAll(r => r.Id);
        var approvals = await db.Journal.AsNoTracking()
            .Where(e => e.RunId != null && ids.Contains(e.RunId.Value) && e.Kind == JournalKind.Approved).OrderBy(e => e.At).ToListAsync(cancellationToken);
        foreach (var approval in approvals.DistinctBy(a => a.Person))
        {
            var name = EngineJson.Read<Sentence>(approval.TextJson).Arguments[0];
            journal.Add(db, JournalLine.Of(run, JournalKind.Approved, new Sentence("Engine.ApprovedBefore", name)) with { Person = approval.Person });
        }
    }

    private async Task StartAsync(PortalDbContext db, List<Run> replaced, Run run, JournalKind kind, Sentence text, CancellationToken cancellationToken)
    {
        var tenant = await db.Tenants.SingleAsync(t => t.Id == run.TenantId, cancellationToken);
        tenant.CurrentRunId = run.Id;
        foreach (var other in replaced)
        {
            other.End(RunState.Replaced, time.GetUtcNow());
            journal.Add(db, JournalLine.Of(other, JournalKind.Replaced, new Sentence("Engine.Replaced")));
        }

        db.Runs.Add(run);
        journal.Add(db, JournalLine.Of(run, kind, text, run.Step ?? "") with { Person = run.Access.PersonId });
    }

    private Run NewApply(Guid tenantId, Actor actor, StoredSteps stored, IReadOnlyList<string> covered, string digest, Run? atWork)
    {
        var now = time.GetUtcNow();
        var (plans, choices) = RunScope.Merge(graph, stored, covered, atWork);
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plans), PlanDigest = digest, ChoicesJson = RunChoices.Write(choices), WaitsJson = "[]",
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

    private Run NewOffboarding(Guid tenantId, Actor actor, OffboardingPlan plan, string digest)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Offboard, ApprovedAt = now, ApprovedBy = actor.Name, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plan.Steps), PlanDigest = digest, ChoicesJson = RunChoices.Write(plan.Choices), WaitsJson = "[]",
        };
    }

    private static Guid[] AtWork(IEnumerable<Run> runs) => [.. runs.Where(r => r.State == RunState.Running).Select(r => r.Id)];

    /// <summary>Nobody waits behind what the replaced runs have in hand.</summary>
    private async Task<Decision> InsteadAsync(Run? started, IEnumerable<Guid> replaced, CancellationToken cancellationToken)
    {
        foreach (var run in replaced)
            await scheduler.InterruptAsync(run, cancellationToken);
        return await WakeAsync(started, cancellationToken);
    }

    /// <summary>What is taken back, wherever it stands.</summary>
    private static async Task QueueAsync(PortalDbContext db, IReadOnlySet<string> steps, CancellationToken cancellationToken)
    {
        var records = await db.Steps.ToListAsync(cancellationToken);
        ReadingStatus.Settle(records);
        foreach (var record in records.Where(r => steps.Contains(r.Step)))
            record.Move(StepStatus.Queued, null);
    }

    /// <summary>The run's own steps; its plan may do without some of them.</summary>
    private static async Task QueueAsync(PortalDbContext db, Run run, Expression<Func<StepRecord, bool>> which, CancellationToken cancellationToken)
    {
        var approved = RunScope.Plans(run).ToDictionary(p => p.Step, StringComparer.Ordinal);
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
