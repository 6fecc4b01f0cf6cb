using System.Net;
using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Running;

/// <summary>The real portal, connected to a world on loopback only by settings and one message handler.</summary>
public static class SandboxPortal
{
    /// <summary>The endpoint by which the world's control page sets Luware's ready flag; it exists in sandboxed portals only.</summary>
    internal const string ReadyPath = "/sandbox/ready";

    // The portal's back channels that use real host names: Entra (for MSAL and OpenID Connect) and blobs. The others reach the sandbox by their configured
    // addresses.
    private static readonly string[] BackChannels = ["entra", "blobs"];

    /// <summary>Builds a portal for a world in the same process and registers its redirect addresses.</summary>
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
        // The application name locates the portal's pages and styles beside this program. In Production it would refuse a world on loopback.
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

    /// <summary>Tells a world in another process the portal's address, so that it accepts its redirect addresses.</summary>
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

    // The header keeps forms of other sites out: browsers do not send it across sites without a preflight request.
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
