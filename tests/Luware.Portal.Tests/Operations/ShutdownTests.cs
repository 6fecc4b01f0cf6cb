using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Operations;

/// <summary>A run at work when the portal stops is the engine's matter, and has its tests there (CrashTests).</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Less than the 30 seconds after which a host cuts what is left, and SignalR a page that says nothing.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Open_pages_do_not_hold_up_a_portal_that_stops_and_lose_their_connection_at_once()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Teams:WarmWorkers", "0")]);
        using var anna = new Visitor(world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        await anna.GoAsync(new Uri(portal.Address, "/sign-in"));
        using var page = await PageConnection.OpenAsync(anna, portal.Address, bySocket: true);

        await Task.WhenAll(portal.StopAsync(), page.Ended).WaitAsync(AtOnce);
    }

    [Fact]
    public async Task A_stop_that_takes_longer_than_it_may_ends_the_process_and_is_no_crash()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        builder.Services.AddHostedService<NeverDone>();
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        (await PortalApp.RunAsync(() => app).WaitAsync(Limit)).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_cancelled_while_the_portal_starts_is_no_late_stop()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHostedService<NeverUp>();
        var app = builder.Build();

        await Should.ThrowAsync<OperationCanceledException>(() => PortalApp.RunAsync(() => app).WaitAsync(Limit));
    }

    private sealed class NeverUp : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new TaskCanceledException("Nobody has answered in time.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NeverDone : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
