using System.Diagnostics.Metrics;
using Luware.Portal.Sandbox.Running;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The pool as the portal composes it, with the settings of one way.</summary>
internal sealed class BenchmarkPool : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly WarmWorkers _warm;

    private BenchmarkPool(IHost host)
    {
        _host = host;
        _warm = new WarmWorkers(host.Services.GetRequiredService<IMeterFactory>());
    }

    public ITeamsWorkerPool Pool => _host.Services.GetRequiredService<ITeamsWorkerPool>();

    public static async Task<BenchmarkPool> StartAsync(Uri world, Way way, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration
            .AddInMemoryCollection(SandboxSettings.Worker(world, way.PowerShell))
            .AddInMemoryCollection([new("Teams:WarmWorkers", $"{way.Warm}"), .. way.Settings]);
        builder.Services.AddLogging().AddTeamsWorkerPool(builder.Configuration.GetSection("Teams"));
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new BenchmarkPool(host);
    }

    public Task WaitForWarmAsync(int count, CancellationToken cancellationToken) => _warm.WaitForAsync(count, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _warm.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
