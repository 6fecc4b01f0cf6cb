using System.Diagnostics;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Observability of one pass: log scope, activity, duration metric, and the correlation id sent to remote services.</summary>
internal sealed partial class ObservedPass : IDisposable
{
    private readonly Run run;
    private readonly EngineMetrics metrics;
    private readonly ILogger logger;
    private readonly IDisposable? scope;
    private readonly Activity? activity;

    public ObservedPass(Run run, EngineMetrics metrics, ILogger logger)
    {
        (this.run, this.metrics, this.logger) = (run, metrics, logger);
        Correlation.Begin(run.Id);
        scope = EngineTelemetry.BeginScope(logger, run);
        activity = EngineTelemetry.StartPass(run);
        metrics.Begun(run);
        Log.Begun(logger, run.Id, run.Kind, run.Attempts);
    }

    /// <summary>The outcome of the pass; null when it was cut off or the run was no longer its own.</summary>
    public RunState? Outcome { get; set; }

    public void Dispose()
    {
        Log.Ended(logger, run.Id, run.Attempts, Outcome);
        metrics.Ended(run, Outcome);
        if (Outcome is null or RunState.Failed)
            activity?.SetStatus(ActivityStatusCode.Error);
        activity?.SetTag("run.outcome", Outcome?.ToString()).Dispose();
        scope?.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(2213, LogLevel.Information, "Run {RunId} ({Kind}) is taken up, attempt {Attempt}")]
        public static partial void Begun(ILogger logger, Guid runId, RunKind kind, int attempt);

        [LoggerMessage(2214, LogLevel.Information, "Run {RunId}, attempt {Attempt} has come to: {Outcome}")]
        public static partial void Ended(ILogger logger, Guid runId, int attempt, RunState? outcome);
    }
}
