using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What was not approved is asked about anew.</summary>
public sealed class PlanChangedTests
{
    [Fact]
    public async Task A_plan_that_has_changed_since_its_approval_asks_again()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) =>
        {
            world.Second.Wanted[0] = new FakeObject("object", Essence: "something else");
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.PlanChanged");
        world.Applied.ShouldNotContain("second/object");

        await portal.ApproveAsync();
        await portal.UntilAsync(v => v is { Run.State: RunState.Done });
        world.Applied.ShouldContain("second/object");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    public async Task An_action_that_touches_more_people_or_is_graver_than_approved_asks_again(int people, bool canStopCalls)
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) =>
        {
            world.Second.Wanted[0] = new FakeObject("object", People: people, CanStopCalls: canStopCalls);
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.PlanChanged");

        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_run_that_goes_on_with_older_choices_leaves_the_plan_of_the_newer_ones_to_be_approved()
    {
        var world = new FakeWorld();
        world.Aside.CanFollow = true;
        world.Aside.Questions.Add("Which one?");
        world.First.Wanted[0] = world.First.Wanted[0] with { OnlyWaits = true };
        world.First.Waits("accept", TimeSpan.FromMilliseconds(50));
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "Which one?");

        world.Aside.Questions.Clear();
        world.Aside.Wanted.Add(new FakeObject("chosen"));
        await portal.Engine.ChooseAsync(portal.Admin, "aside", new { Which = "this one" }, default);
        await portal.Engine.PlanAsync(portal.Admin, "aside", default);
        await portal.WakeAsync();
        await portal.UntilHeldAsync("aside", "Engine.PlanChanged");
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();

        (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Steps[2].Status == StepStatus.Verified);
    }
}
