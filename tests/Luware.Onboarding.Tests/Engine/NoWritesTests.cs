using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>The switch that stops all applying.</summary>
public sealed class NoWritesTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("")]
    [InlineData("on")]
    public async Task The_switch_stops_all_applying_and_says_so(string written)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world, settings: ("Safety:NoWrites", written));

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "Engine.WritesStopped");
        view.WritesStopped.ShouldBeTrue();
        world.Applied.ShouldBeEmpty();

        portal.Set("Safety:NoWrites", "false");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        (await portal.UntilRunIsAsync(RunState.Done)).WritesStopped.ShouldBeFalse();
    }

    [Fact]
    public async Task The_switch_stops_a_run_between_two_actions()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnApply = (_, _, _) =>
        {
            portal.Set("Safety:NoWrites", "true");
            return Task.FromResult<StepOutcome?>(null);
        };

        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.WritesStopped");

        world.Applied.ShouldBe(["first/object"]);
    }
}
