using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>One firing of a run's trigger. It has its own scope, so that its gateways, and the Teams worker that they lease, end with it.</summary>
[DisallowConcurrentExecution]
internal sealed class RunJob(IServiceScopeFactory scopes, RunScheduler scheduler, IHostApplicationLifetime lifetime, TimeProvider time) : IJob
{
    public const string RunKey = "run";

    private static readonly TimeSpan PauseWhileStopping = TimeSpan.FromSeconds(5);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var tenantId = Guid.Parse(context.JobDetail.Key.Name);
        var runId = Guid.Parse((string)context.MergedJobDataMap[RunKey]!);

        DateTimeOffset? wakeAt;
        await using (var scope = scopes.CreateAsyncScope())
            wakeAt = await scope.ServiceProvider.GetRequiredService<RunExecutor>().ExecuteAsync(tenantId, runId, cancellationToken);

        if (wakeAt is { } at)
            await scheduler.ScheduleAsync(new Wake(tenantId, runId, Paced(at)), cancellationToken);
    }

    /// <summary>
    /// A portal that is about to stop interrupts every pass at once. Until its scheduler has stopped, it would take up the run again and again; another portal,
    /// or this one after its restart, goes on with it.
    /// </summary>
    private DateTimeOffset Paced(DateTimeOffset at)
    {
        if (!lifetime.ApplicationStopping.IsCancellationRequested)
            return at;
        var earliest = time.GetUtcNow() + PauseWhileStopping;
        return at < earliest ? earliest : at;
    }
}
