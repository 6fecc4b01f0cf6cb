using Luware.Onboarding.Gateways;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Engine.Planning;

public sealed class PlanningQueueTests
{
    [Fact]
    public async Task A_reading_that_ends_because_the_portal_stops_is_no_defect()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnRead = _ => portal.Get<IHostApplicationLifetime>().StopApplication();

        await Should.ThrowAsync<TransientException>(() => portal.Engine.PlanAsync(portal.Admin, null, default));
    }

    [Fact]
    public async Task Whoever_wants_all_steps_does_not_share_the_reading_of_one()
    {
        var world = new FakeWorld();
        var held = world.Aside.HoldRead();
        await using var portal = await EngineHost.StartAsync(world);

        var one = portal.Engine.PlanAsync(portal.Admin, "aside", default);
        await held.ReachedAsync();
        var all = portal.Engine.PlanAsync(portal.Admin, null, default);
        held.GoOn();
        await Task.WhenAll(one, all);

        world.First.Reads.ShouldBe(1);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();
    }
}
