using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Portal.Components;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Doubles;

/// <summary>The portal's host on loopback with a world of its own: real sign-in, real Graph SDK; stores and engine in memory.</summary>
internal sealed class TestPortal : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestPortal(SandboxWorld world, WebApplication app, Uri address) => (World, _app, Address) = (world, app, address);

    public SandboxWorld World { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public MemoryStores Stores => Services.GetRequiredService<MemoryStores>();

    public FakeEngine Engine => Services.GetRequiredService<FakeEngine>();

    public MemoryInvitations Invitations => (MemoryInvitations)Services.GetRequiredService<IInvitations>();

    public MemoryConsentStates ConsentStates => (MemoryConsentStates)Services.GetRequiredService<IConsentStates>();

    public MemoryAudit Audit => (MemoryAudit)Services.GetRequiredService<IAudit>();

    public LogBook Log => Services.GetRequiredService<LogBook>();

    public static Task<TestPortal> StartWithAsync(params (string Key, string? Value)[] settings) =>
        StartAsync(builder => builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))));

    public static async Task<TestPortal> StartAsync(Action<WebApplicationBuilder>? more = null)
    {
        var world = await SandboxWorld.StartAsync(new SandboxOptions());
        var address = FreePort.Address(FreePort.ForLater());
        world.Applications.AnnouncePortal(address);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Configure(builder, world, address);
        more?.Invoke(builder);
        PortalApp.AddHost(builder);
        var app = builder.Build();
        PortalApp.UseHost(app);
        app.MapGet("/onboarding/{step?}", (HttpContext http) => $"Signed in: {Actor.From(http.User)!.UserPrincipalName}");
        app.MapGet("/form", (HttpContext http, IAntiforgery antiforgery) => antiforgery.GetAndStoreTokens(http).RequestToken);
        app.MapFallback(() => "A static page").AllowAnonymous();
        await app.StartAsync();
        return new TestPortal(world, app, address);
    }

    /// <summary>A person of Contoso (contoso.com) or Fabrikam (fabrikam.de) at a browser of their own.</summary>
    public Visitor Visit(string userPrincipalName) => new(World.Tenants.FindPerson(userPrincipalName)!.Value.Person);

    /// <summary>A person who has signed in, and their session.</summary>
    public async Task<(Visitor Visitor, TenantAccess Access)> SignInAsync(string userPrincipalName, bool more = false)
    {
        var visitor = Visit(userPrincipalName);
        await visitor.GoAsync(At("/sign-in"));
        if (more)
            await visitor.GoAsync(At("/sign-in/more"));
        return (visitor, Engine.Resumed.Last(a => a.UserPrincipalName == userPrincipalName).Access);
    }

    public Uri At(string path) => new(Address, path);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await World.DisposeAsync();
    }

    private static void Configure(WebApplicationBuilder builder, SandboxWorld world, Uri address)
    {
        builder.Configuration.AddInMemoryCollection(Settings(world, address));
        builder.WebHost.UseUrls(address.AbsoluteUri);
        var book = new LogBook();
        builder.Logging.ClearProviders().AddProvider(book).SetMinimumLevel(LogLevel.Trace);
        var services = builder.Services;
        services.AddSingleton(book);
        services.AddHttpClient("entra").AddHttpMessageHandler(() => new LoopbackHandler(world.Address));
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddSingleton<MemoryStores>();
        services.AddSingleton<ISessions>(s => s.GetRequiredService<MemoryStores>());
        services.AddSingleton<ITokenCaches>(s => s.GetRequiredService<MemoryStores>());
        services.AddSingleton<FakeEngine>().AddSingleton<IEngine>(s => s.GetRequiredService<FakeEngine>());
        services.AddSingleton<FakePool>().AddSingleton<ITeamsWorkerPool>(s => s.GetRequiredService<FakePool>());
        services.AddSingleton<IAudit, MemoryAudit>();
        services.AddSingleton<IConsentStates, MemoryConsentStates>().AddSingleton<IColleagueLinks, MemoryColleagueLinks>();
        services.AddSingleton<IInvitations, MemoryInvitations>().AddSingleton<IRoleLoss, LastingRoles>().AddSingleton<Onboarding.Tenants.Staff>();
        services.AddSingleton<IRegionCatalog, FakeRegions>();
        services.AddSingleton<CarriedAnswers>();
    }

    private static Dictionary<string, string?> Settings(SandboxWorld world, Uri address) => new(StringComparer.Ordinal)
    {
        ["Portal:PublicAddress"] = address.AbsoluteUri,
        ["Entra:Instance"] = world.Address.AbsoluteUri,
        ["Entra:TokenInstance"] = $"https://{LoopbackHandler.EntraHost}",
        ["Entra:ClientId"] = Applications.PortalClientId.ToString(),
        ["Entra:ClientSecret"] = Applications.PortalSecret,
        ["Graph:BaseAddress"] = world.GraphAddress.AbsoluteUri,
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
    };
}
