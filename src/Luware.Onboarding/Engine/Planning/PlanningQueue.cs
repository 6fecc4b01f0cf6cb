using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>One planning per tenant at a time, in a scope of its own. Who asks for what is being read already shares its result.</summary>
internal sealed class PlanningQueue(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<Guid, Reading> readings = new();

    public async Task PlanAsync(Guid tenantId, TenantAccess access, string? only, CancellationToken cancellationToken)
    {
        while (true)
        {
            var mine = new Reading(only);
            var current = readings.GetOrAdd(tenantId, mine);
            if (current == mine)
                _ = RunAsync(tenantId, access, mine);

            if (current.Only is null || current.Only == only)
            {
                await current.Ended.WaitAsync(cancellationToken);
                return;
            }

            await current.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Goes on to its end when the page that asked is gone: the readings are stored for the next one.</summary>
    private async Task RunAsync(Guid tenantId, TenantAccess access, Reading reading)
    {
        Exception? failure = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<Planner>().PlanAsync(tenantId, access, reading.Only, lifetime.ApplicationStopping);
        }
        catch (Exception e)
        {
            failure = e;
        }

        readings.TryRemove(tenantId, out _);
        reading.End(failure);
    }

    private sealed class Reading(string? only)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Only { get; } = only;

        public Task Ended => ended.Task;

        public void End(Exception? failure)
        {
            if (failure is null)
                ended.SetResult();
            else
                ended.SetException(failure);
        }
    }
}
