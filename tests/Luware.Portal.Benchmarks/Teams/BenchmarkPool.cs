using System.Diagnostics.Metrics;
using Luware.Portal.Sandbox.Running;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The pool as the portal composes it, with the settings of one variant.</summary>
internal sealed class BenchmarkPool : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly PoolMeter _meter;

    private BenchmarkPool(IHost host)
    {
        _host = host;
        _meter = new PoolMeter(host.Services.GetRequiredService<IMeterFactory>());
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

    /// <inheritdoc cref="PoolMeter.ConnectSentAfter"/>
    public TimeSpan ConnectSentAfter => _meter.ConnectSentAfter;

    public Task WaitForWarmAsync(int count, CancellationToken cancellationToken) => _meter.WaitForWarmAsync(count, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
