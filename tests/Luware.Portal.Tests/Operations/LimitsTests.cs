using System.Net;
using System.Net.Sockets;
using System.Text;
using Luware.Portal.Settings;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Operations;

/// <summary>How much a browser may ask for.</summary>
public sealed class LimitsTests
{
    [Fact]
    public async Task What_the_settings_say_is_what_server_circuits_and_messages_keep_to()
    {
        await using var portal = await StartAsync(
            ("Limits:Connections", "70"), ("Limits:OpenPages", "60"), ("Limits:LostPages", "5"), ("Limits:LostPageLife", "00:02:00"),
            ("Limits:MessageKilobytes", "40"), ("Limits:RequestKilobytes", "50"), ("Limits:RequestTime", "00:00:20"));

        var server = Value<KestrelServerOptions>(portal).Limits;
        (server.MaxConcurrentConnections, server.MaxConcurrentUpgradedConnections, server.MaxRequestBodySize).ShouldBe((70L, 60L, 50L * 1024));
        var circuits = Value<CircuitOptions>(portal);
        (circuits.DisconnectedCircuitMaxRetained, circuits.DisconnectedCircuitRetentionPeriod, circuits.DetailedErrors)
            .ShouldBe((5, TimeSpan.FromMinutes(2), false));
        Value<HubOptions>(portal).MaximumReceiveMessageSize.ShouldBe(40 * 1024);
        Value<RequestTimeoutOptions>(portal).DefaultPolicy!.Timeout.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await using var portal = await StartAsync();
        using var client = new HttpClient();

        using var answer = await client.PostAsync(portal.At("/echo"), new ByteArrayContent(new byte[200 * 1024]));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task One_connection_more_than_are_allowed_is_closed()
    {
        await using var portal = await StartAsync(
            ("Limits:Connections", "1"), ("Limits:OpenPages", "1"), ("Limits:PagesPerSession", "1"), ("Limits:LostPages", "1"));
        using var first = await ConnectAsync(portal);
        (await AskAsync(first)).ShouldStartWith("HTTP/1.1 200");

        using var second = await ConnectAsync(portal);

        (await AskAsync(second)).ShouldBeEmpty();
    }

    [Fact]
    public void Limits_that_contradict_each_other_are_faults()
    {
        var faults = new LimitSettings
        {
            OpenPages = 10, Connections = 5, PagesPerSession = 11, LostPages = 20, LostPageLife = TimeSpan.Zero,
            MessageKilobytes = 1, RequestKilobytes = 0, RequestTime = TimeSpan.Zero,
        }.Faults().ToList();

        faults.Count.ShouldBe(7);
        faults.ShouldAllBe(f => f.StartsWith("Limits:"));
        new LimitSettings().Faults().ShouldBeEmpty();
    }

    private static Task<TestPortal> StartAsync(params (string Key, string Value)[] settings) => TestPortal.StartAsync(builder =>
    {
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value));
        builder.Services.AddSingleton<IStartupFilter, Echo>();
        builder.Services.AddServerSideBlazor();
    });

    private static T Value<T>(TestPortal portal)
        where T : class => portal.Services.GetRequiredService<IOptions<T>>().Value;

    private static async Task<TcpClient> ConnectAsync(TestPortal portal)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, portal.Address.Port);
        return connection;
    }

    /// <returns>The first line of the answer; nothing where the connection is closed instead.</returns>
    private static async Task<string> AskAsync(TcpClient connection)
    {
        try
        {
            var stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: portal\r\n\r\n"));
            var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            return await reader.ReadLineAsync() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>An address that reads what it is sent, before anything else asks who sends it.</summary>
    private sealed class Echo : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/echo", echo => echo.Run(async http => await http.Request.Body.CopyToAsync(Stream.Null)));
            next(app);
        };
    }
}
