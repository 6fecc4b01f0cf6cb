using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>One firing of a run's trigger. It has its own scope, so that its gateways, and the Teams worker that they lease, end with it.</summary>
[DisallowConcurrentExecution]
internal sealed class RunJob(IServiceScopeFactory scopes, RunScheduler scheduler) : IJob
{
    public const string RunKey = "run";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var tenantId = Guid.Parse(context.JobDetail.Key.Name);
        var runId = Guid.Parse((string)context.MergedJobDataMap[RunKey]!);

        DateTimeOffset? wakeAt;
        await using (var scope = scopes.CreateAsyncScope())
            wakeAt = await scope.ServiceProvider.GetRequiredService<RunExecutor>().ExecuteAsync(tenantId, runId, cancellationToken);

        if (wakeAt is not null)
            await scheduler.ScheduleAsync(new Wake(tenantId, runId, wakeAt.Value), cancellationToken);
    }
}
