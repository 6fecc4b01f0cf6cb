using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Takes back one step at once, or everything as approved. The new run replaces an active one, but not that of another step.</summary>
internal sealed partial class RunCommands
{
    public async Task<Decision> UndoAsync(Guid tenantId, Actor actor, string step, CancellationToken cancellationToken)
    {
        var outcome = await contexts.ChangeAsync(tenantId, async db =>
        {
            var (tenant, active) = await LoadActiveAsync(db, tenantId, actor, cancellationToken);
            if (active is { Kind: RunKind.Undo } && active.Step != step)
                return Refuse("Engine.UndoOtherFirst");
            // A waiting run may wait for a role that its own person lacks, so another person who asks starts one in its place.
            if (active is { Kind: RunKind.Undo } && (active.State != RunState.Waiting || active.Access.PersonId == actor.Access.PersonId))
            {
                if (active.State != RunState.Waiting || !await ResumeAsync(db, active, actor, cancellationToken))
                    return Outcome.Nothing;
                active.Nudge(time.GetUtcNow());
                return Outcome.ToWake(active);
            }

            var stored = await Readings.LoadAsync(db, cancellationToken);
            var maker = await Journal.LastMakerAsync(db, step, cancellationToken);
            // What was made is taken back, not what is chosen by now.
            var run = NewRun(RunKind.Undo, tenantId, actor, maker?.PlanJson ?? "[]", digest: "", maker?.ChoicesJson ?? RunChoices.Write(stored.Choices), step);
            Start(db, tenant, active, run, new StartLine(actor, JournalKind.UndoAsked, new Sentence("Engine.UndoAsked", actor.Mention)));
            await QueueAllAsync(db, RunScope.Steps(run), cancellationToken);
            return Outcome.ToWake(run);
        }, cancellationToken);
        return await FinishAsync(outcome, cancellationToken);
    }

    public async Task<Decision> OffboardAsync(Guid tenantId, Actor actor, OffboardingPlan plan, CancellationToken cancellationToken)
    {
        var digest = Approvable.Digest(plan.Steps);
        var outcome = await contexts.ChangeAsync(tenantId, async db =>
        {
            var (tenant, active) = await LoadActiveAsync(db, tenantId, actor, cancellationToken);
            if (active is { Kind: RunKind.Undo } && !RunRows.YieldsToApproval(active))
                return Refuse("Engine.UndoFirst");
            if (active is { Kind: RunKind.Offboard } && active.PlanDigest == digest && active.State != RunState.Waiting)
                return Outcome.Nothing;

            var run = NewRun(RunKind.Offboard, tenantId, actor, EngineJson.Write(plan.Steps), digest, RunChoices.Write(plan.Choices));
            Start(db, tenant, active, run, new StartLine(actor, JournalKind.UndoAsked, new Sentence("Engine.OffboardingApproved", actor.Mention)));
            await revocation.RevokeAllAsync(db, actor, staffTenant: null, cancellationToken);
            await QueueAllAsync(db, RunScope.Steps(run), cancellationToken);
            return Outcome.ToWake(run);
        }, cancellationToken);
        return await FinishAsync(outcome, cancellationToken);
    }

    /// <summary>Queues the steps that are taken back, whatever their status.</summary>
    private static async Task QueueAllAsync(PortalDbContext db, IReadOnlySet<string> steps, CancellationToken cancellationToken)
    {
        var records = await db.Steps.ToListAsync(cancellationToken);
        ReadingStatus.Settle(records);
        foreach (var record in records.Where(r => steps.Contains(r.Step)))
            record.Move(StepStatus.Queued, null);
    }
}
