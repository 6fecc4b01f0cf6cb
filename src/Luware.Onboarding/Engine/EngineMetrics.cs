using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>The metrics of runs, named by the OpenTelemetry conventions; times are in seconds.</summary>
internal sealed class EngineMetrics
{
    private readonly TimeProvider time;
    private readonly Histogram<double> passes;
    private readonly Histogram<double> actions;
    private readonly Counter<long> unwoken;
    private readonly ConcurrentDictionary<Guid, long> atWork = new();

    public EngineMetrics(IMeterFactory meters, IOptionsMonitor<SafetyOptions> safety, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(EngineTelemetry.Name);
        passes = meter.CreateHistogram<double>("onboarding.pass.duration", "s", "One pass of a run, by kind of run and by what it came to.");
        actions = meter.CreateHistogram<double>("onboarding.action.duration", "s", "One action against the world, by step and outcome.");
        unwoken = meter.CreateCounter<long>("onboarding.runs.unwoken", "{run}", "Runs that nothing woke and that the reconciler had to find.");
        meter.CreateObservableGauge(
            "onboarding.pass.age", () => OldestPass().TotalSeconds, "s", "How long the oldest pass at work has lasted; 0 where none is.");
        meter.CreateObservableGauge(
            "onboarding.writes.stopped", () => safety.CurrentValue.WritesStopped ? 1 : 0, description: "1 while Safety:NoWrites is set.");
    }

    public void Begun(Run run) => atWork[run.Id] = time.GetTimestamp();

    /// <param name="state">The outcome of the pass; null when it was cut off.</param>
    public void Ended(Run run, RunState? state)
    {
        if (atWork.TryRemove(run.Id, out var began))
            passes.Record(time.GetElapsedTime(began).TotalSeconds, Tag("kind", run.Kind), Tag("outcome", state?.ToString() ?? "Interrupted"));
    }

    public void Acted(string step, string outcome, TimeSpan duration) => actions.Record(duration.TotalSeconds, Tag("step", step), Tag("outcome", outcome));

    public void FoundUnwoken() => unwoken.Add(1);

    private TimeSpan OldestPass() => atWork.Values.Select(began => time.GetElapsedTime(began)).DefaultIfEmpty().Max();

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value.ToString());
}
