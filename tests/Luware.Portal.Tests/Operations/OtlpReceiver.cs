using System.Collections.Concurrent;
using System.Text;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Operations;

/// <summary>A collector on loopback: takes what OpenTelemetry exports over HTTP, and keeps it.</summary>
public sealed class OtlpReceiver : IAsyncLifetime
{
    private static readonly string[] Signals = ["traces", "metrics", "logs"];

    private readonly ConcurrentDictionary<string, StringBuilder> _texts = new(StringComparer.Ordinal);
    private WebApplication _app = null!;

    /// <summary>Settings of a portal that exports here.</summary>
    public KeyValuePair<string, string?>[] Settings =>
    [
        new("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new("OTEL_BSP_SCHEDULE_DELAY", "50"), new("OTEL_BLRP_SCHEDULE_DELAY", "50"), new("OTEL_METRIC_EXPORT_INTERVAL", "200"),
        new("Logging:LogLevel:Default", "Information"), new("Logging:Console:LogLevel:Default", "None"),
    ];

    /// <summary>What came of a signal. Strings stand in protobuf as they are, so that a text can be looked for.</summary>
    public string TextOf(string signal)
    {
        var text = _texts.GetOrAdd(signal, _ => new StringBuilder());
        lock (text)
            return text.ToString();
    }

    public Task ReceivesAsync(string signal, string wanted) =>
        Until.TrueAsync(() => TextOf(signal).Contains(wanted, StringComparison.Ordinal), $"{signal} with '{wanted}' have come");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        foreach (var signal in Signals)
            _app.MapPost($"/v1/{signal}", request => ReceiveAsync(signal, request));
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(string signal, HttpContext context)
    {
        context.Request.ContentType.ShouldBe("application/x-protobuf");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = _texts.GetOrAdd(signal, _ => new StringBuilder());
        lock (text)
            text.Append(Encoding.Latin1.GetString(body.ToArray())).Append('\n');
    }
}
