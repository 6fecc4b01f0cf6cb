using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Lets Quartz wake runs: one job per tenant, so that its runs follow each other, and one trigger per run.</summary>
internal sealed partial class RunScheduler(ISchedulerFactory schedulers, ILogger<RunScheduler> logger)
{
    private const string JobGroup = "runs";

    /// <summary>Called after the row is committed. If it fails, the reconciler finds the row.</summary>
    public async Task ScheduleAsync(Wake wake, CancellationToken cancellationToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            var job = new JobKey($"{wake.TenantId}", JobGroup);
            if (!await scheduler.Exists(job, cancellationToken))
                await scheduler.AddJob(
                    JobBuilder.Create<RunJob>().WithIdentity(job).StoreDurably().RequestRecovery().Build(), AddJobOptions.Replacing, cancellationToken);
            var trigger = Trigger(job, wake);
            // A trigger that the scheduler has given up counts as pending, but would never fire.
            if ((await scheduler.ScheduleTrigger(trigger, TriggerConflict.KeepEarlier, cancellationToken)).Outcome == ScheduleOutcome.Kept)
                await scheduler.ResetTriggerFromErrorState(trigger.Key, cancellationToken);
        }
        catch (SchedulerException e)
        {
            Log.NotScheduled(logger, e, wake.RunId);
        }
    }

    /// <summary>The tenants for which a job is running now.</summary>
    public async Task<IReadOnlySet<string>> TenantsAtWorkAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var firings = await scheduler.QueryFireInstances(new FireInstanceQuery { Take = PagedQuery.All }, cancellationToken);
        return firings.Items.Select(f => f.JobKey?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>True when a trigger will wake the run, due or not.</summary>
    public async Task<bool> IsScheduledAsync(Guid runId, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        return await scheduler.Exists(new TriggerKey($"{runId}", JobGroup), cancellationToken);
    }

    private static ITrigger Trigger(JobKey job, Wake wake) => TriggerBuilder.Create()
        .ForJob(job)
        .WithIdentity($"{wake.RunId}", JobGroup)
        .UsingJobData(RunJob.RunKey, $"{wake.RunId}")
        .StartAt(wake.At)
        .Build();

    private static partial class Log
    {
        [LoggerMessage(2221, LogLevel.Warning, "Run {RunId} is stored but could not be scheduled; the reconciler will schedule it")]
        public static partial void NotScheduled(ILogger logger, Exception exception, Guid runId);
    }
}

internal sealed record Wake(Guid TenantId, Guid RunId, DateTimeOffset At)
{
    public static Wake Of(Run run, DateTimeOffset at) => new(run.TenantId, run.Id, at);
}
