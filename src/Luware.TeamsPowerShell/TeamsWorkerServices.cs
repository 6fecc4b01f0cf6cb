using Luware.TeamsPowerShell.Pool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell;

public static class TeamsWorkerServices
{
    /// <summary>
    /// Adds <see cref="ITeamsWorkerPool"/>. Its settings are checked when the host starts; the host warms the first workers and
    /// drains the pool when it stops.
    /// </summary>
    public static IServiceCollection AddTeamsWorkerPool(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<TeamsWorkerOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TeamsWorkerOptions>>(new TeamsWorkerOptionsValidator(section.Path));
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TeamsWorkerMetrics>();
        services.AddSingleton(s => new Canary(Options(s), s.GetRequiredService<ILogger<Canary>>()));
        services.AddSingleton(CreateStock);
        services.AddSingleton<TeamsRetry>();
        services.AddSingleton<TeamsWorkerPool>();
        services.TryAddSingleton<ITeamsWorkerPool>(s => s.GetRequiredService<TeamsWorkerPool>());
        services.AddSingleton<IHostedService>(s => s.GetRequiredService<TeamsWorkerPool>());
        return services;
    }

    private static WorkerStock CreateStock(IServiceProvider services)
    {
        var metrics = services.GetRequiredService<TeamsWorkerMetrics>();
        var stock = new WorkerStock(
            Options(services), services.GetRequiredService<TimeProvider>(), metrics, services.GetRequiredService<Canary>(),
            services.GetRequiredService<ILogger<WorkerStock>>());
        metrics.Observe(stock.Count);
        return stock;
    }

    private static TeamsWorkerOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<TeamsWorkerOptions>>().Value;
}
