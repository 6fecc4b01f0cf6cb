using System.Net;
using Luware.Portal.Sandbox.Azure;
using Luware.Portal.Sandbox.Control;
using Luware.Portal.Sandbox.Entra;
using Luware.Portal.Sandbox.Graph;
using Luware.Portal.Sandbox.Teams;
using Microsoft.AspNetCore.DataProtection;

namespace Luware.Portal.Sandbox.World;

public sealed record SandboxOptions
{
    /// <summary>0 for any free port.</summary>
    public int Port { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Stores the blobs; without it only blob requests fail. Its creator disposes it.</summary>
    public Azurite? Azurite { get; init; }

    /// <summary>The number of further tenants in addition to the named ones.</summary>
    public int Crowd { get; init; }

    /// <summary>Further tenants that are onboarded except for one thing.</summary>
    public IReadOnlyList<Prepared> Prepared { get; init; } = [];
}

/// <summary>
/// The outside world on loopback: Entra, Microsoft Graph, the Teams service behind PowerShell, and Azure. They share their data and one address, and are
/// distinguished by path.
/// </summary>
public sealed class SandboxWorld : IAsyncDisposable
{
    private readonly WebApplication _server;

    private SandboxWorld(WebApplication server)
    {
        _server = server;
        Address = new Uri(server.Urls.Single());
    }

    public Uri Address { get; }
    public Uri GraphAddress => new(Address, GraphEndpoints.BasePath);
    public Uri AzureAddress => new(Address, ArmEndpoints.BasePath);
    public SandboxTenants Tenants => _server.Services.GetRequiredService<SandboxTenants>();
    public SandboxFaults Faults => _server.Services.GetRequiredService<SandboxFaults>();
    public Applications Applications => _server.Services.GetRequiredService<Applications>();

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxWorld> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // Settings of the portal or the machine must not affect the outside world.
        builder.Configuration.Sources.Clear();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Services.AddRazorComponents();
        // The pages protect nothing that must outlive the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services
            .AddSingleton(options.Time)
            .AddSingleton(new SandboxTenants(options.Crowd, options.Prepared))
            .AddSingleton(_ => new SandboxFaults(options.Time))
            .AddSingleton<Applications>()
            .AddEntra()
            .AddGraph()
            .AddTeams()
            .AddAzure(options.Azurite)
            .AddControl();

        var server = builder.Build();
        server.Use(SetPolicy);
        server.MapEntra();
        server.MapGraph();
        server.MapTeams();
        server.MapAzure();
        server.MapControl();
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return new SandboxWorld(server);
    }

    /// <summary>Creates an HTTP client for Entra's real addresses, as MSAL needs it.</summary>
    public HttpClient CreateEntraClient() => new(new LoopbackHandler(Address) { InnerHandler = new SocketsHttpHandler() });

    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => _server.WaitForShutdownAsync(cancellationToken);

    // No form-action directive: Entra's forms redirect to the application.
    private static Task SetPolicy(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
        return next(context);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
