using System.Net;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Running;

/// <summary>The real portal, wired to a world on loopback: settings and one message handler, nothing else.</summary>
public static class SandboxPortal
{
    /// <summary>Where the world's control page sets Luware's ready flag; it exists in sandboxed portals only.</summary>
    internal const string ReadyPath = "/sandbox/ready";

    // The portal's back channels with true hosts: Entra, for MSAL and for OpenID Connect, and blobs. The others are led here by their addresses alone.
    private static readonly string[] BackChannels = ["entra", "blobs"];

    /// <summary>A portal for a world of the same process; its redirect addresses are registered at once.</summary>
    public static WebApplication Build(
        SandboxWorld world, IEnumerable<KeyValuePair<string, string?>>? settings = null, string? powerShell = null, Action<IServiceCollection>? services = null,
        IReadOnlyList<SandboxCustomer>? customers = null)
    {
        var options = new SandboxPortalOptions(world.Address)
        {
            Settings = settings ?? [], PowerShell = powerShell, Services = services ?? (_ => { }), Customers = customers ?? SandboxCustomer.Named,
        };
        world.Applications.AnnouncePortal(options.Address);
        return Build(options);
    }

    public static WebApplication Build(SandboxPortalOptions options)
    {
        var data = Directory.CreateDirectory(options.Data ?? Path.Combine(Path.GetTempPath(), $"luware-portal-{Guid.NewGuid():N}")).FullName;
        var settings = SandboxSettings.For(options, SandboxPortalOptions.Database(data)).Concat(options.Settings);
        // The application's name finds the portal's pages and styles beside this program. In Production it would refuse to believe a world on loopback.
        var app = PortalApp.Build([$"--applicationName={typeof(PortalApp).Assembly.GetName().Name}", "--environment=Sandbox"], builder =>
        {
            Configure(builder, options.World, settings);
            builder.Services.AddHostedService(provider => new SandboxCustomers(options.Customers, provider.GetRequiredService<ITenants>()));
            options.Services(builder.Services);
        });
        MapReady(app);
        if (options.Data is null)
            app.Lifetime.ApplicationStopped.Register(() => Directory.Delete(data, recursive: true));
        return app;
    }

    /// <summary>Tells a world of another process where the portal listens, so that it accepts its redirect addresses.</summary>
    public static async Task AnnounceAsync(Uri world, Uri portal, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = world };
        using var response = await client.PostAsJsonAsync("/control/portal", new Control.AnnouncedPortal(portal), cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static void Configure(WebApplicationBuilder builder, Uri world, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        builder.Configuration.AddInMemoryCollection(settings.DistinctLast());
        builder.WebHost.UseStaticWebAssets();
        foreach (var channel in BackChannels)
            builder.Services.AddHttpClient(channel).AddHttpMessageHandler(() => new LoopbackHandler(world));
    }

    private static void MapReady(WebApplication app) =>
        app.MapPost(ReadyPath + "/{tenantId:guid}", async (Guid tenantId, bool ready, HttpContext context, ITenants tenants) =>
            IsFromWorld(context) && await tenants.SetReadyAsync(tenantId, ready, "Sandbox control page", context.RequestAborted)
                ? Results.NoContent()
                : Results.NotFound())
            .AllowAnonymous()
            .DisableAntiforgery();

    // The header keeps other sites' forms out: a browser sends it for nobody without asking first.
    private static bool IsFromWorld(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && context.Request.Headers.ContainsKey(Control.ReadyFlag.Header);

    private static Dictionary<string, string?> DistinctLast(this IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in settings)
            last[key] = value;
        return last;
    }
}
