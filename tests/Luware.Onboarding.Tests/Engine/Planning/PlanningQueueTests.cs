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
}
