using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Which place a tenant's work has in the queue for a worker. It changes by the second and ends with the wait, so it is kept in no row.</summary>
internal sealed class Places(RunFeed feed)
{
    private readonly ConcurrentDictionary<Commentary, (Guid Tenant, int Place)> waiting = new();

    /// <summary>Shows the places that a unit of work is told, until it ends.</summary>
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

    /// <summary>The place of the work that is served first; null while none waits.</summary>
    public int? Of(Guid tenantId) => waiting.Values.Where(w => w.Tenant == tenantId).Min(w => (int?)w.Place);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
