using System.Net;
using System.Net.Sockets;
using Luware.Onboarding.Settings;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Operations;

[Collection(nameof(TelemetryTests))]
public sealed class OutgoingTelemetryTests(OtlpReceiver collector) : IClassFixture<OtlpReceiver>
{
    [Fact]
    public async Task A_request_to_a_customers_storage_account_does_not_carry_its_name()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([.. collector.Settings, new("Azure:BlobSuffixes:0", "blob.core.windows.net")]);
        builder.Services.AddSettings<AzureSettings>();
        builder.AddTelemetry();
        await using var app = builder.Build();
        app.MapGet("/recordings", () => "here");
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(app.Urls.Single());
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(address, cancellationToken) });

        (await client.GetStringAsync(new Uri("http://contosorec.blob.core.windows.net/recordings"), TestContext.Current.CancellationToken)).ShouldBe("here");

        await collector.ReceivesAsync("traces", "blob.core.windows.net");
        string[] wanted = ["http.client.request.duration", "http.client.open_connections", "http.connection.state", "http.response.status_code"];
        foreach (var measured in wanted)
            await collector.ReceivesAsync("metrics", measured);
        collector.TextOf("traces").ShouldNotContain("contosorec");
        collector.TextOf("metrics").ShouldNotContain("contosorec");
    }

    private static async ValueTask<Stream> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
