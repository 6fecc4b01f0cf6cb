using System.Diagnostics;
using Luware.Onboarding.Data.Entities;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Engine;

/// <summary>
/// The names under which runs are observed. Every log line and activity of a run carries its id, which no page shows: docs/operations.md finds it in the
/// database.
/// </summary>
public static class EngineTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Luware.Onboarding";

    private static readonly ActivitySource Source = new(Name);

    private static readonly Func<ILogger, Guid, string, IDisposable?> Scope = LoggerMessage.DefineScope<Guid, string>("Run {RunId} of tenant {TenantHash}");

    /// <summary>One pass of a run. Each is a trace of its own: a run may wait for days between two.</summary>
    internal static Activity? StartPass(Run run)
    {
        Activity.Current = null;
        return Source.StartActivity($"run pass {run.Kind}")
            ?.SetTag("run.id", run.Id).SetTag("tenant.hash", TenantHash(run)).SetTag("run.attempt", run.Attempts);
    }

    internal static Activity? StartAction(string step) => Source.StartActivity($"action {step}")?.SetTag("step", step);

    internal static IDisposable? BeginScope(ILogger logger, Run run) => Scope(logger, run.Id, TenantHash(run));

    private static string TenantHash(Run run) => TeamsWorkerTelemetry.TenantHash(run.Access.TenantId);
}
