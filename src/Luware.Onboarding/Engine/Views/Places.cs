using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Engine.Views;

/// <summary>The places of tenants' work in the queue for a worker. They change by the second and end with the wait, so they are kept in memory only.</summary>
internal sealed class Places(RunFeed feed)
{
    private readonly ConcurrentDictionary<Commentary, (Guid Tenant, int Place)> waiting = new();

    /// <summary>Publishes the places that a unit of work is told, until it ends.</summary>
    public IDisposable Follow(Guid tenantId, Commentary said)
    {
        said.Placed += Move;
        return new Ending(() =>
        {
            said.Placed -= Move;
            Move(0);
        });

        void Move(int place)
        {
            if (place > 0)
                waiting[said] = (tenantId, place);
            else if (!waiting.TryRemove(said, out _))
                return;
            feed.Publish(tenantId);
        }
    }

    /// <summary>The place of the tenant's first work in the queue; null when none waits.</summary>
    public int? Of(Guid tenantId) => waiting.Values.Where(w => w.Tenant == tenantId).Min(w => (int?)w.Place);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
