using Luware.Onboarding.Data;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What another portal on the same database has changed reaches the pages of this one.</summary>
public sealed class ReplicaWatchTests
{
    [Fact]
    public async Task What_is_saved_after_something_younger_reaches_open_cockpits_too()
    {
        await using var other = await EngineHost.StartAsync(new FakeWorld());
        await other.Get<ITenants>().AddAsync(Guid.NewGuid(), "Fabrikam", "MTCH", default);
        var (contexts, feed) = (other.Get<IDbContextFactory<PortalDbContext>>(), new RunFeed());
        using var watch = new ReplicaWatch(contexts, feed, TimeProvider.System, NullLogger<ReplicaWatch>.Instance);
        await using var pulses = feed.FollowAsync(null, default).GetAsyncEnumerator();
        await pulses.MoveNextAsync();
        await watch.RunOnceAsync(default);
        await pulses.MoveNextAsync();

        var id = (await other.Get<CustomerTenants>().FindAsync(EngineHost.Tenant, default))!.Id;
        await contexts.ChangeAsync(id, async db => (await db.Summaries.SingleAsync()).LastActivityAt -= TimeSpan.FromSeconds(1), default);
        await watch.RunOnceAsync(default);

        (await pulses.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
    }
}
