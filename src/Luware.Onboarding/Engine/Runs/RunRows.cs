using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>
/// Writes of a job into the row of its run. A row that no longer runs, or was taken up again since, belongs to another pass and is left unchanged: when this
/// portal has not reported for a while, dead or only slow, another one takes up the run.
/// </summary>
internal sealed class RunRows(
    IDbContextFactory<PortalDbContext> contexts, StepGraph graph, CustomerTenants customers, Journal journal, RunFeed feed,
    IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>A trigger may fire a moment before the time that the row names.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(50);

    /// <returns>Null when there is nothing to do: the run has ended, was replaced, or is not due (a job can be fired twice).</returns>
    public Task<Run?> BeginAsync(Guid tenantId, Guid runId, CancellationToken cancellationToken) =>
        ChangeAsync<Run?>(tenantId, runId, (db, run) =>
        {
            var due = run.State != RunState.Waiting || run.WakeAt <= time.GetUtcNow() + Early;
            if (!run.IsActive || !due)
                return Task.FromResult<Run?>(null);

            if (run.State == RunState.Running)
                journal.Add(db, JournalLine.Of(run, JournalKind.Recovered, new Sentence("Engine.Recovered")));
            run.Begin();
            return Task.FromResult<Run?>(run);
        }, cancellationToken);

    /// <summary>When a waiting run is to be taken up. A process may have died between storing this and scheduling it.</summary>
    public async Task<DateTimeOffset?> WakeAtAsync(Guid tenantId, Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        return (await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Waiting, cancellationToken))?.WakeAt;
    }

    /// <summary>
    /// True when the remote call in progress must be cancelled: another pass has the run, or a run that takes back waits for this one to end. A newer approval
    /// only waits until the call is over.
    /// </summary>
    public async Task<bool> IsToEndAsync(Run run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(run.TenantId, cancellationToken);
        return await db.Runs.AnyAsync(r => r.Id == run.Id && r.Attempts != run.Attempts, cancellationToken)
            || (await db.Runs.AnyAsync(r => r.Id == run.Id && r.State == RunState.Replaced, cancellationToken)
                && await db.Runs.Where(Run.Active).AnyAsync(r => r.Kind != RunKind.Apply, cancellationToken));
    }

    public async Task<bool> IsOursAsync(Run run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(run.TenantId, cancellationToken);
        return !lifetime.ApplicationStopping.IsCancellationRequested
            && await db.Runs.AnyAsync(r => r.Id == run.Id && r.State == RunState.Running && r.Attempts == run.Attempts, cancellationToken);
    }

    /// <summary>
    /// Permits one action and records it as begun, for pages and in the journal, in one save. Refuses it when the run is no longer this pass's, when the person
    /// whose rights the pass uses no longer carries the step, or when the region's data has changed: the next pass starts at once and reads all of it anew.
    /// </summary>
    /// <param name="begun">Null when the wait of an action is repeated.</param>
    public Task<bool> MayActAsync(RunPass pass, IStep step, JournalLine? begun, CancellationToken cancellationToken) =>
        ChangeAsync(pass.Run, async (db, row) =>
        {
            // As in SettleAsync: the record is read before the region.
            var record = await Readings.RecordAsync(db, pass.TenantId, step.Name, cancellationToken);
            if (lifetime.ApplicationStopping.IsCancellationRequested
                || !await ActsWithAsync(db, row, step.Name, pass.Access, cancellationToken) || !await IsOfNowAsync(db, pass, step, cancellationToken))
                return false;

            row.Act(time.GetUtcNow());
            if (begun is null)
                return true;

            record.Move(StepStatus.Running, EngineJson.Write(begun.Text));
            journal.Add(db, begun);
            return true;
        }, cancellationToken);

    /// <summary>
    /// Stores who holds a step, its status and, when the wait is a new one, the line about it. A person's word for a step that was not read stays its status.
    /// </summary>
    /// <param name="wait">The wait to show; null when the step has failed.</param>
    /// <param name="backOff">Sets the next reading of a wait whose beginning is known.</param>
    /// <param name="line">The line about the hold; null when the action's own line says it already.</param>
    /// <returns>False when the run is no longer this pass's.</returns>
    public Task<bool> HoldAsync(
        Run run, string step, Hold hold, WaitView? wait, Func<WaitView, WaitView> backOff, JournalLine? line, CancellationToken cancellationToken) =>
        ChangeAsync(run, async (db, row) =>
        {
            var waits = Waits(row);
            var before = waits.Find(w => w.Step == step);
            waits.RemoveAll(w => w.Step == step);
            var again = before is not null && wait is not null && before.On == wait.On && before.For.Same(wait.For);
            // Whoever cannot look, because a sign-in has ended or a service is busy, has not begun anything else.
            if (wait is not null && before is { YieldsToApproval: true } && !hold.FromAction)
                wait = wait with { YieldsToApproval = true };
            if (wait is not null)
                waits.Add(backOff(again ? wait with { Since = before!.Since } : wait));
            row.WaitsJson = EngineJson.Write(waits);
            var record = await Readings.RecordAsync(db, run.TenantId, step, cancellationToken);
            if (!(hold.IsUnread && wait is not null && record.Status == StepStatus.VerifiedByHand))
                record.Move(hold.Status, EngineJson.Write(hold.Words));
            if (line is not null && !again)
                journal.Add(db, line);
            return true;
        }, cancellationToken);

    /// <summary>Ends this run's work on a step in one save: releases its wait, changes its record and adds the line about it.</summary>
    /// <param name="line">Written once per run, step and kind; null for no line.</param>
    /// <returns>False when the run is no longer this pass's, or when the step was read with data of the region that has changed since.</returns>
    public Task<bool> SettleAsync(RunPass pass, IStep step, Action<StepRecord> change, JournalLine? line, CancellationToken cancellationToken) =>
        ChangeAsync(pass.Run, async (db, row) =>
        {
            // A change of the region writes the record as well, so it must be read before the region is.
            var record = await Readings.RecordAsync(db, pass.TenantId, step.Name, cancellationToken);
            if (!await IsOfNowAsync(db, pass, step, cancellationToken))
                return false;

            Release(row, step.Name);
            change(record);
            if (line is not null && !await Journal.HasAsync(db, pass.Run, step.Name, line.Kind, cancellationToken))
                journal.Add(db, line);
            return true;
        }, cancellationToken);

    /// <summary>Queues a step of the run again, and ends its wait.</summary>
    /// <param name="behind">What it is queued behind; null when nothing but the run itself.</param>
    public Task QueueAsync(Run run, string step, Sentence? behind, CancellationToken cancellationToken) =>
        ChangeAsync(run, async (db, row) =>
        {
            Release(row, step);
            (await Readings.RecordAsync(db, run.TenantId, step, cancellationToken)).Move(StepStatus.Queued, behind is null ? null : EngineJson.Write(behind));
            return true;
        }, cancellationToken);

    public Task ReleaseAsync(Run run, string step, CancellationToken cancellationToken) =>
        ChangeAsync(run, (_, row) =>
        {
            Release(row, step);
            return Task.FromResult(true);
        }, cancellationToken);

    /// <summary>Ends the pass and stores the run's state, which follows from its waits and steps.</summary>
    /// <param name="interrupted">True when the pass was ended from outside: the run is due again at once.</param>
    /// <param name="steps">The steps that the pass went through.</param>
    /// <returns>Null when the run is no longer this pass's.</returns>
    public Task<PassEnd?> EndPassAsync(Run run, bool interrupted, IReadOnlyCollection<string> steps, CancellationToken cancellationToken) =>
        ChangeAsync<PassEnd?>(run, async (db, row) =>
        {
            var now = time.GetUtcNow();
            var waits = Waits(row);
            // A nudge may have queued a failed step again after this pass had left it out.
            if (interrupted || waits.Count > 0 || row.Nudged)
                row.Wait(interrupted ? now : waits.Min(w => w.NextReading), now);
            else if (await db.Steps.AnyAsync(s => s.Status == StepStatus.Failed && steps.Contains(s.Step), cancellationToken))
                await EndAsync(db, row, RunState.Failed, new Sentence("Engine.RunFailed"), cancellationToken);
            else
                await EndAsync(db, row, RunState.Done, Done(row), cancellationToken);
            return new PassEnd(row.State, row.WakeAt);
        }, cancellationToken);

    /// <summary>Ends a pass that a database fault interrupted; the run continues after the pause.</summary>
    /// <returns>When it goes on; null when the run is no longer this pass's.</returns>
    public Task<DateTimeOffset?> PauseAsync(Run run, TimeSpan pause, CancellationToken cancellationToken) =>
        ChangeAsync(run, (_, row) =>
        {
            var now = time.GetUtcNow();
            row.Wait(now + pause, now);
            return Task.FromResult(row.WakeAt);
        }, cancellationToken);

    public Task FailAsync(Run run, Sentence why, CancellationToken cancellationToken) =>
        ChangeAsync(run, async (db, row) =>
        {
            await EndAsync(db, row, RunState.Failed, why, cancellationToken);
            return true;
        }, cancellationToken);

    public static List<WaitView> Waits(Run run) => EngineJson.Read<List<WaitView>>(run.WaitsJson);

    /// <summary>True if the run takes a step back and is left with nothing but what an approval of the step decides anew.</summary>
    public static bool YieldsToApproval(Run run) =>
        run.Kind == RunKind.Undo && Waits(run) is { Count: > 0 } waits && waits.TrueForAll(w => w.YieldsToApproval);

    /// <summary>True if the region's data is unchanged. Taking back does not depend on it, because it is about what was made.</summary>
    private async Task<bool> IsOfNowAsync(PortalDbContext db, RunPass pass, IStep step, CancellationToken cancellationToken) =>
        pass.Run.Kind != RunKind.Apply || await customers.IsStillAsync(db, pass.TenantId, step, pass.Region, cancellationToken);

    /// <summary>
    /// True if the step is still carried out with the rights of <paramref name="access"/>. Also writes the colleague's row, so that revoking it and acting with
    /// it collide.
    /// </summary>
    private async Task<bool> ActsWithAsync(PortalDbContext db, Run row, string step, TenantAccess access, CancellationToken cancellationToken)
    {
        var link = row.Kind == RunKind.Apply
            ? await ColleagueSignIns.AcceptedLinks(db, time.GetUtcNow()).SingleOrDefaultAsync(l => l.Step == step, cancellationToken)
            : null;
        if (link is null)
            return row.Access == access;

        db.Entry(link).State = EntityState.Modified;
        return link.AcceptedBy == access.PersonId && link.SessionId == access.SessionId;
    }

    private Sentence Done(Run row) =>
        new(row.Kind != RunKind.Apply ? "Engine.UndoDone" : graph.IsWhole(RunScope.Steps(row)) ? "Engine.RunDone" : "Engine.StepsDone");

    private static void Release(Run row, string step)
    {
        var waits = Waits(row);
        if (waits.RemoveAll(w => w.Step == step) > 0)
            row.WaitsJson = EngineJson.Write(waits);
    }

    private async Task EndAsync(PortalDbContext db, Run row, RunState state, Sentence text, CancellationToken cancellationToken)
    {
        row.WaitsJson = "[]";
        row.End(state, time.GetUtcNow());
        journal.Add(db, JournalLine.Of(row, JournalKind.RunEnded, text));
        if (state == RunState.Failed)
            ReadingStatus.Settle(await db.Steps.ToListAsync(cancellationToken));
    }

    /// <summary>Makes a change only while the pass that began with <paramref name="begun"/> still has the row.</summary>
    /// <returns>What the change returned; false or null when another pass has the row.</returns>
    private Task<T> ChangeAsync<T>(Run begun, Func<PortalDbContext, Run, Task<T>> change, CancellationToken cancellationToken) =>
        ChangeAsync(begun.TenantId, begun.Id, (db, row) =>
            row.State == RunState.Running && row.Attempts == begun.Attempts ? change(db, row) : Task.FromResult<T>(default!), cancellationToken);

    private async Task<T> ChangeAsync<T>(Guid tenantId, Guid runId, Func<PortalDbContext, Run, Task<T>> change, CancellationToken cancellationToken)
    {
        var result = await contexts.ChangeAsync(tenantId, async db =>
        {
            var run = await db.Runs.SingleOrDefaultAsync(r => r.Id == runId, cancellationToken);
            return run is null ? default! : await change(db, run);
        }, cancellationToken);
        feed.Publish(tenantId);
        return result;
    }
}

/// <param name="WakeAt">When the run is to be taken up again; null when only an event can wake it, or it has ended.</param>
internal sealed record PassEnd(RunState State, DateTimeOffset? WakeAt);
