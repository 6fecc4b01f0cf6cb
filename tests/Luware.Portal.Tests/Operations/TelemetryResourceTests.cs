using Luware.Portal.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Luware.Portal.Tests.Operations;

[Collection(nameof(TelemetryTests))]
public sealed class TelemetryResourceTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("deployment.environment.name=test", null)]
    [InlineData("service.instance.id=left", "left")]
    public async Task A_process_has_its_name_unless_it_was_given_another(string? attributes, string? wanted)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), new("OTEL_RESOURCE_ATTRIBUTES", attributes)]);
        builder.AddTelemetry();
        await using var app = builder.Build();

        var instance = new KeyValuePair<string, object>("service.instance.id", wanted ?? $"{Environment.MachineName}:{Environment.ProcessId}");
        app.Services.GetRequiredService<MeterProvider>().GetResource().Attributes.ShouldContain(instance);
    }
}
