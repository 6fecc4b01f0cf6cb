using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>The measurements of one pool's meter, each as "instrument tag".</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _events = [];
    private readonly ConcurrentDictionary<string, int> _levels = [];

    public Measurements(TestPool pool)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == pool.MeterScope)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => _events.Enqueue(Name(instrument, tags)));
        _listener.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
            _events.Enqueue(seconds > 0 ? Name(instrument, tags) : "no time at all"));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _levels[Name(instrument, tags)] = value);
        _listener.Start();
    }

    /// <summary>Counts and durations, in their order.</summary>
    public IReadOnlyCollection<string> Events => _events;

    public int Level(string name)
    {
        _listener.RecordObservableInstruments();
        return _levels[name];
    }

    public void Dispose() => _listener.Dispose();

    private static string Name(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.Length > 0 ? $"{instrument.Name} {tags[0].Value}" : instrument.Name;
}
