using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>Prepares everything before the first job or request: schema, audit keys, step catalog and changed regions.</summary>
internal sealed class EngineStart(
    IDatabaseMigration migration, IOptions<DatabaseOptions> database, AuditKeyCheck auditKeys, StepGraph graph, RegionChanges regions, RunFeed feed,
    IOptionsMonitor<SafetyOptions> safety)
    : IHostedLifecycleService, IDisposable
{
    private IDisposable? safetyChanges;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (database.Value.MigrateAtStart)
            await migration.ApplyAsync(cancellationToken);
        else if (await migration.FindMissingAsync(cancellationToken) is { Count: > 0 } missing)
            throw new DatabaseOutdatedException(missing);
        await auditKeys.CheckAsync(cancellationToken);
        await graph.LoadAsync();
        await regions.CheckAsync(cancellationToken);
        safetyChanges = safety.OnChange(_ => feed.PublishToAll());
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => safetyChanges?.Dispose();
}
