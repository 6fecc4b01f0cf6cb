using System.Diagnostics.Metrics;
using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Luware.Portal.Operations;

/// <summary>Sends traces, metrics and logs by OTLP if an endpoint is set.</summary>
internal static class Telemetry
{
    private const string OwnPrefix = "Luware.", Own = $"{OwnPrefix}*", Outgoing = "System.Net.Http";

    // Without the host, because the host of a storage account names its customer.
    private static readonly string[] OutgoingTags = ["http.request.method", "http.response.status_code", "error.type", "http.connection.state"];

    // In seconds, from a quick command to half an hour; OpenTelemetry's default buckets are in milliseconds.
    private static readonly double[] Seconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

    // The framework's meters that matter for a Blazor Server application.
    private static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", Outgoing, "System.Runtime",
    ];

    private static readonly string[] FrameworkSources =
        ["Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", Outgoing];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetrySettings>();
        if (!TelemetrySettings.IsOn(builder.Configuration))
            return;

        builder.Services.AddOpenTelemetry()
            // Replicas must differ, or a collector merges their metrics into one series. OTEL_RESOURCE_ATTRIBUTES takes precedence.
            .ConfigureResource(resource => resource
                .AddAttributes([new("service.instance.id", $"{Environment.MachineName}:{Environment.ProcessId}"), new("service.version", PortalVersion.Text)])
                .AddEnvironmentVariableDetector())
            .WithTracing(traces => traces
                .AddSource([Own, .. FrameworkSources])
                .AddAspNetCoreInstrumentation(options =>
                    options.Filter = context => !context.Request.Path.StartsWithSegments(HealthPaths.Root, StringComparison.Ordinal))
                .AddProcessor<TraceScrubber>())
            .WithMetrics(metrics => metrics.AddMeter([Own, .. FrameworkMeters]).AddView(ViewOf))
            .WithLogging(configureBuilder: null, options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true))
            .UseOtlpExporter();
    }

    /// <summary>True if the meter's metrics are sent.</summary>
    internal static bool Exports(Meter meter) =>
        meter.Name.StartsWith(OwnPrefix, StringComparison.Ordinal) || FrameworkMeters.Contains(meter.Name, StringComparer.Ordinal);

    private static MetricStreamConfiguration? ViewOf(Instrument instrument) => instrument switch
    {
        Histogram<double> when instrument.Meter.Name.StartsWith(OwnPrefix, StringComparison.Ordinal) =>
            new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
        { Meter.Name: Outgoing } => new MetricStreamConfiguration { TagKeys = OutgoingTags },
        _ => null,
    };
}
