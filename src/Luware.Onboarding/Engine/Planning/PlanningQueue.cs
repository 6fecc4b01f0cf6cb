using System.Collections.Concurrent;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>
/// Runs one planning per tenant at a time, in its own scope. A request for what is already being read with the same sign-in and choices shares its result; any
/// other waits until it ends and then reads anew.
/// </summary>
internal sealed class PlanningQueue(
    IServiceScopeFactory scopes, Readings stored, RunCommands runs, RunFeed feed, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Reading> readings = new();

    /// <summary>When this process began to read the tenant; null if it does not.</summary>
    public DateTimeOffset? Since(Guid tenantId) => readings.TryGetValue(tenantId, out var reading) ? reading.Since : null;

    public async Task PlanAsync(Guid tenantId, TenantAccess access, ReadingScope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Computed before the reading begins, which may then use newer choices than these but never older ones.
            var choices = (await stored.LoadAsync(tenantId, cancellationToken)).Choices;
            var mine = new Reading(access, ChoicesDigest.Of(choices), scope, time.GetUtcNow());
            var current = readings.GetOrAdd(tenantId, mine);
            if (current == mine)
                _ = RunAsync(tenantId, mine);

            if (current.Serves(mine))
            {
                await current.Ended.WaitAsync(cancellationToken);
                return;
            }

            await current.Ended.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>
    /// Continues after the page that asked is gone: the readings are stored for the next page, and a run whose question was answered takes up the answer. This
    /// also applies to a reading that fails half way, because the steps before the failure are stored.
    /// </summary>
    private async Task RunAsync(Guid tenantId, Reading reading)
    {
        Exception? failure = null;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                await scope.ServiceProvider.GetRequiredService<Planner>().PlanAsync(tenantId, reading.Access, reading.Scope, lifetime.ApplicationStopping);
            }
            finally
            {
                await runs.TakeUpChoicesAsync(tenantId, lifetime.ApplicationStopping);
            }
        }
        catch (OperationCanceledException e) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // No defect: the page can ask the next portal.
            failure = new TransientException("The portal stops.", inner: e);
        }
        catch (Exception e)
        {
            failure = e;
        }

        readings.TryRemove(tenantId, out _);
        feed.Publish(tenantId);
        reading.End(failure);
    }

    private sealed class Reading(TenantAccess access, string choices, ReadingScope scope, DateTimeOffset since)
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly string choices = choices;

        public TenantAccess Access { get; } = access;

        public ReadingScope Scope { get; } = scope;

        public DateTimeOffset Since { get; } = since;

        public Task Ended => ended.Task;

        /// <summary>True if this reading contains all that the other request wants, for the same person and with the same choices.</summary>
        public bool Serves(Reading other) => (Scope.Only is null || Scope == other.Scope) && Access == other.Access && choices == other.choices;

        public void End(Exception? failure)
        {
            if (failure is null)
                ended.SetResult();
            else
                ended.SetException(failure);
        }
    }
}
