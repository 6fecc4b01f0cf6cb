using System.Diagnostics.Metrics;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Luware.Onboarding.Tests.Engine;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task A_run_that_waits_for_a_thread_is_not_called_unwoken_and_one_without_a_trigger_is()
    {
        // A scheduler that has started can have a round under way that takes the run all the same, even after it was put on standby.
        await using var portal = await EngineHost.StartAsync(
            new FakeWorld { SchedulerDelay = TimeSpan.FromHours(1) }, settings: ("Engine:ReconcileEvery", "12:00:00"));
        var found = 0L;
        using var listener = new MeterListener();
        var meters = portal.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "onboarding.runs.unwoken" && instrument.Meter.Scope == meters)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => found += count);
        listener.Start();
        await portal.ApproveAsync();
        var reconciler = portal.Get<IEnumerable<IHostedService>>().OfType<Reconciler>().Single();

        await reconciler.RunOnceAsync(default);
        found.ShouldBe(0);

        var scheduler = await portal.Get<ISchedulerFactory>().GetScheduler();
        var run = (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!;
        (await scheduler.UnscheduleJob(new TriggerKey($"{run.Id}", "runs"))).ShouldBeTrue();
        await reconciler.RunOnceAsync(default);
        found.ShouldBe(1);

        await scheduler.Start();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_trigger_that_the_scheduler_has_given_up_wakes_its_run_again()
    {
        await using var portal = await EngineHost.StartAsync(
            new FakeWorld { SchedulerDelay = TimeSpan.FromHours(1) }, settings: ("Engine:ReconcileEvery", "12:00:00"));
        await portal.ApproveAsync();
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            (await db.Database.ExecuteSqlAsync($"UPDATE QRTZ_TRIGGERS SET TRIGGER_STATE = 'ERROR'")).ShouldBe(1);
        await (await portal.Get<ISchedulerFactory>().GetScheduler()).Start();

        await portal.WakeAsync();

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public void The_job_has_the_name_under_which_databases_store_it()
    {
        // A job under another name would be one that no portal can load: every tenant's trigger would be given up.
        typeof(RunJob).FullName.ShouldBe("Luware.Onboarding.Engine.Runs.RunJob");
        typeof(RunJob).Assembly.GetName().Name.ShouldBe("Luware.Onboarding");
    }
}
