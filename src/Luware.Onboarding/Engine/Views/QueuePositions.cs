using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Engine.Views;

/// <summary>
/// The positions of tenants' work in the queue for a worker. They change by the second and end with the wait, so they are kept in memory only.
/// </summary>
internal sealed class QueuePositions(RunFeed feed)
{
    private readonly ConcurrentDictionary<Commentary, (Guid Tenant, int Position)> waiting = new();

    /// <summary>Publishes the positions that a unit of work is told, until it ends.</summary>
    public IDisposable Follow(Guid tenantId, Commentary said)
    {
        said.QueueMoved += Move;
        return new Ending(() =>
        {
            said.QueueMoved -= Move;
            Move(0);
        });

        void Move(int position)
        {
            if (position > 0)
                waiting[said] = (tenantId, position);
            else if (!waiting.TryRemove(said, out _))
                return;
            feed.Publish(tenantId);
        }
    }

    /// <summary>The position of the tenant's first work in the queue; null when none waits.</summary>
    public int? Of(Guid tenantId) => waiting.Values.Where(w => w.Tenant == tenantId).Min(w => (int?)w.Position);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
