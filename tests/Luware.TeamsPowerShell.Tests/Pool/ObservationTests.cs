using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class ObservationTests
{
    [Fact]
    public async Task Kills_are_counted_by_reason_and_workers_by_state()
    {
        await using var pool = new TestPool();
        ConcurrentBag<string> kills = [];
        ConcurrentDictionary<string, int> workers = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == pool.MeterScope)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => kills.Add($"{instrument.Name} {Tag(tags)}"));
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => workers[Tag(tags)] = value);
        listener.Start();

        var lease = await pool.LeaseAsync();
        listener.RecordObservableInstruments();
        await lease.DisposeAsync();

        workers["leased"].ShouldBe(1);
        kills.ShouldBe(["teams.worker.kills lease ended"]);
    }

    [Fact]
    public async Task A_lease_and_its_commands_are_activities_that_do_not_name_the_tenant()
    {
        var tenant = Guid.NewGuid();
        ConcurrentBag<Activity> stopped = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TeamsWorkerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = stopped.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var pool = new TestPool();
        using var root = new Activity("test").Start();

        await using (var lease = await pool.LeaseAsync(tenant))
            await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        var mine = stopped.Where(a => a.TraceId == root.TraceId).ToList();
        mine.Select(a => a.DisplayName).ShouldBe(["teams lease", $"teams command {Commands.Policies.Name}"], ignoreOrder: true);
        mine.SelectMany(a => a.Tags).ShouldAllBe(tag => !tag.Value!.Contains(tenant.ToString()));
    }

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length > 0 ? $"{tags[0].Value}" : "";
}
