using System.Diagnostics.Metrics;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>The metrics of the pool. Names follow the OpenTelemetry conventions; times are in seconds.</summary>
internal sealed class TeamsWorkerMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _start;
    private readonly Histogram<double> _wait;
    private readonly Histogram<double> _connect;
    private readonly Histogram<double> _lease;
    private readonly Histogram<double> _command;
    private readonly Counter<long> _kills;
    private readonly Counter<long> _failedStarts;

    public TeamsWorkerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(TeamsWorkerTelemetry.Name);
        _start = _meter.CreateHistogram<double>("teams.worker.start.duration", "s", "From the start of a process until its module is imported.");
        _wait = _meter.CreateHistogram<double>(
            "teams.lease.wait.duration", "s", "From asking for a lease until a worker is there or the wait has ended without one.");
        _connect = _meter.CreateHistogram<double>(
            "teams.connect.wait.duration", "s", "From asking for a lease until its connect command is on the wire, the tokens included.");
        _lease = _meter.CreateHistogram<double>("teams.lease.duration", "s", "From a connected worker until its kill.");
        _command = _meter.CreateHistogram<double>("teams.command.duration", "s", "One command, with its retries.");
        _kills = _meter.CreateCounter<long>("teams.worker.kills", "{worker}", "Workers that were ended, by reason.");
        _failedStarts = _meter.CreateCounter<long>(
            "teams.worker.failed_starts", "{worker}", "Workers that did not become or stay ready and are started anew, by reason.");
    }

    public void Observe(Func<StockCount> count)
    {
        _meter.CreateObservableUpDownCounter("teams.workers", () => CountWorkers(count()), "{worker}", "Worker processes, by state.");
        _meter.CreateObservableUpDownCounter("teams.leases.waiting", () => count().Waiting, "{lease}", "Leases that wait for a worker.");
    }

    public void Started(TimeSpan duration) => _start.Record(duration.TotalSeconds);

    public void Waited(TimeSpan duration) => _wait.Record(duration.TotalSeconds);

    public void ConnectSent(TimeSpan duration) => _connect.Record(duration.TotalSeconds);

    public void Leased(TimeSpan duration) => _lease.Record(duration.TotalSeconds);

    public void Ran(string cmdlet, TimeSpan duration) => _command.Record(duration.TotalSeconds, KeyValuePair.Create<string, object?>("cmdlet", cmdlet));

    public void Killed(string reason) => _kills.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    public void StartFailed(string reason) => _failedStarts.Add(1, KeyValuePair.Create<string, object?>("reason", reason));

    private static Measurement<int>[] CountWorkers(StockCount count) =>
    [
        new(count.Warm, KeyValuePair.Create<string, object?>("state", "warm")),
        new(count.Leased, KeyValuePair.Create<string, object?>("state", "leased")),
        new(count.Starting, KeyValuePair.Create<string, object?>("state", "starting")),
    ];
}
