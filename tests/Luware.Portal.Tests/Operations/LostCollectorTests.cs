using System.Net;
using System.Net.Sockets;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;

namespace Luware.Portal.Tests.Operations;

/// <summary>A collector that accepts connections and never reads from them: telemetry is lost, and nothing else.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class LostCollectorTests
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_collector_that_stays_silent_holds_up_neither_a_request_nor_the_stop()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var export = collector.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask();
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        var portal = await RunningPortal.StartAsync(world, new KeyValuePair<string, string?>[]
        {
            new("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{collector.LocalEndpoint}"), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            new("OTEL_EXPORTER_OTLP_TIMEOUT", "2000"), new("OTEL_BSP_SCHEDULE_DELAY", "50"), new("OTEL_BLRP_SCHEDULE_DELAY", "50"),
            new("OTEL_METRIC_EXPORT_INTERVAL", "200"), new("Teams:WarmWorkers", "0"),
        });
        try
        {
            await export.WaitAsync(TimeSpan.FromSeconds(30));
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

            (await client.GetStringAsync(new Uri(portal.Address, "/health/live"))).ShouldBe("Healthy");
        }
        finally
        {
            await portal.DisposeAsync().AsTask().WaitAsync(LongestStop);
        }

        (await export).Dispose();
    }
}
