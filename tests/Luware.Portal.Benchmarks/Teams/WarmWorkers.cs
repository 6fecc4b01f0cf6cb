using System.Diagnostics.Metrics;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>How many workers of a pool are warm, read from the pool's own meter.</summary>
internal sealed class WarmWorkers : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly MeterListener _listener = new();
    private int _warm;

    /// <param name="pool">The meter factory of the pool's services.</param>
    public WarmWorkers(IMeterFactory pool)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == pool && instrument.Meter.Name == TeamsWorkerTelemetry.Name && instrument.Name == "teams.workers")
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
        _listener.Start();
    }

    public async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        for (_listener.RecordObservableInstruments(); _warm < count; _listener.RecordObservableInstruments())
            await Task.Delay(Look, cancellationToken);
    }

    public void Dispose() => _listener.Dispose();
}
