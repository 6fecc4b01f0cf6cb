using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Luware.Portal.Operations;

/// <summary>Traces, metrics and logs by OTLP, where an endpoint is set.</summary>
internal static class Telemetry
{
    private const string Own = "Luware.*";

    // The framework's own that tell something of a Blazor Server application.
    private static readonly string[] FrameworkMeters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Authentication",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http", "System.Runtime",
    ];

    private static readonly string[] FrameworkSources =
        ["Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetrySettings>();
        if (!TelemetrySettings.IsOn(builder.Configuration))
            return;

        builder.Services.AddOpenTelemetry()
            .WithTracing(traces => traces
                .AddSource([Own, .. FrameworkSources])
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !context.Request.Path.StartsWithSegments(HealthPaths.Root, StringComparison.Ordinal))
                .AddProcessor(new Discretion()))
            .WithMetrics(metrics => metrics.AddMeter([Own, .. FrameworkMeters]))
            .WithLogging(configureBuilder: null, options => (options.IncludeScopes, options.IncludeFormattedMessage) = (true, true))
            .UseOtlpExporter();
    }
}
