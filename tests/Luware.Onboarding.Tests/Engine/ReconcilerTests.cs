using System.Diagnostics.Metrics;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
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
}
