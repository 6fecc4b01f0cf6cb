using System.Diagnostics.Metrics;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>Reads the metrics of one pool.</summary>
internal sealed class PoolMeter : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly MeterListener _listener = new();
    private int _warm;

    /// <param name="pool">The meter factory of the pool's services.</param>
    public PoolMeter(IMeterFactory pool)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == pool && instrument.Meter.Name == TeamsWorkerTelemetry.Name
                && instrument.Name is "teams.workers" or "teams.connect.wait.duration")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, count, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "state", Value: "warm" })
                    _warm = count;
            }
        });
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => ConnectSentAfter = TimeSpan.FromSeconds(seconds));
        _listener.Start();
    }

    /// <summary>For the last lease, the time from its request until its connect command was written to the pipe.</summary>
    public TimeSpan ConnectSentAfter { get; private set; }

    public async Task WaitForWarmAsync(int count, CancellationToken cancellationToken)
    {
        for (_listener.RecordObservableInstruments(); _warm < count; _listener.RecordObservableInstruments())
            await Task.Delay(Look, cancellationToken);
    }

    public void Dispose() => _listener.Dispose();
}
