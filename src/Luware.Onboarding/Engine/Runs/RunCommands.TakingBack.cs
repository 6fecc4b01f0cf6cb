using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Taking back: one step at once, or everything as it was approved. It goes before whatever is being brought about.</summary>
internal sealed partial class RunCommands
{
    public async Task<Decision> UndoAsync(Guid tenantId, Actor actor, string step, CancellationToken cancellationToken)
    {
        Run? started = null;
        Guid[] replaced = [];
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (started, replaced) = (null, []);
            var (tenant, active) = await StandingAsync(db, tenantId, actor, cancellationToken);
            // One that waits may wait for a role that its own person lacks: whoever else asks puts theirs in its place.
            if (active.Find(r => r.Kind == RunKind.Undo && r.Step == step && (r.State != RunState.Waiting || r.Access.PersonId == actor.Access.PersonId)) is { } same)
            {
                if (same.State == RunState.Waiting && await ResumeAsync(db, same, actor, cancellationToken))
                {
                    same.Nudge(time.GetUtcNow());
                    started = same;
                }

                return;
            }

            var stored = await Readings.LoadAsync(db, cancellationToken);
            var others = active.Where(r => r.Kind != RunKind.Undo || r.Step == step).ToList();
            replaced = AtWork(others);
            var maker = await Journal.LastMakerAsync(db, step, cancellationToken);
            started = NewUndo(tenantId, actor, stored, step, maker);
            Start(db, tenant, others, started, actor.Access.PersonId, JournalKind.UndoAsked, new Sentence("Engine.UndoAsked", actor.Mention));
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
            var (tenant, active) = await StandingAsync(db, tenantId, actor, cancellationToken);
            if (active.Exists(r => r.Kind == RunKind.Undo))
                refused = Refuse("Engine.UndoFirst");
            else if (!active.Exists(r => r.Kind == RunKind.Offboard && r.PlanDigest == digest && r.State != RunState.Waiting))
            {
                replaced = AtWork(active);
                started = NewOffboarding(tenantId, actor, plan, digest);
                Start(db, tenant, active, started, actor.Access.PersonId, JournalKind.UndoAsked, new Sentence("Engine.OffboardingApproved", actor.Mention));
                await revocation.RevokeAllAsync(db, actor, cancellationToken);
                await QueueAsync(db, RunScope.Steps(started), cancellationToken);
            }
        }, cancellationToken);
        return refused ?? await InsteadAsync(started, replaced, cancellationToken);
    }

    /// <summary>What was made is taken back, not what is chosen by now: choices and plan are those of the run that made it.</summary>
    private Run NewUndo(Guid tenantId, Actor actor, StoredSteps stored, string step, Run? maker)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Undo, Step = step, ApprovedAt = now, ApprovedBy = actor.Mention, Access = actor.Access, WakeAt = now,
            PlanJson = maker?.PlanJson ?? "[]", PlanDigest = "", ChoicesJson = maker?.ChoicesJson ?? RunChoices.Write(stored.Choices), WaitsJson = "[]",
        };
    }

    private Run NewOffboarding(Guid tenantId, Actor actor, OffboardingPlan plan, string digest)
    {
        var now = time.GetUtcNow();
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Offboard, ApprovedAt = now, ApprovedBy = actor.Mention, Access = actor.Access, WakeAt = now,
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
}
