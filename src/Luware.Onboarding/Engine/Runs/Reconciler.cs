using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Finds and wakes runs that are due but have no trigger, as a crash between storing and scheduling leaves them.</summary>
internal sealed partial class Reconciler(
    IDbContextFactory<PortalDbContext> contexts, RunScheduler scheduler, EngineMetrics metrics, IOptions<EngineOptions> options,
    TimeProvider time, ILogger<Reconciler> logger) : PeriodicService(time)
{
    /// <remarks>A trigger that was due a moment ago may just wait for a thread, so only one that stays due counts.</remarks>
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        List<Run> due;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            due = await db.Runs.AcrossTenants().AsNoTracking()
                .Where(r => r.State == RunState.Queued || r.State == RunState.Running || (r.State == RunState.Waiting && r.WakeAt <= now))
                .OrderBy(r => r.ApprovedAt).ToListAsync(cancellationToken);
        }

        var atWork = await scheduler.TenantsAtWorkAsync(cancellationToken);
        foreach (var run in due.Where(r => !atWork.Contains($"{r.TenantId}")))
        {
            if (run.WakeAt > now - (2 * options.Value.ReconcileEvery) && await scheduler.IsScheduledAsync(run.Id, cancellationToken))
                continue;
            Log.Found(logger, run.Id, run.State);
            metrics.FoundUnwoken();
            await scheduler.ScheduleAsync(Wake.Of(run, now), cancellationToken);
        }
    }

    protected override TimeSpan Every => options.Value.ReconcileEvery;

    protected override void Failed(Exception exception) => Log.Failed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(2231, LogLevel.Information, "Run {RunId} is {State} and nothing wakes it; it is scheduled now")]
        public static partial void Found(ILogger logger, Guid runId, RunState state);

        [LoggerMessage(2232, LogLevel.Warning, "Looking for runs that nothing wakes has failed; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
