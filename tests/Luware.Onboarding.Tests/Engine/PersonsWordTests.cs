using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What no reading can find, because a person answers for it.</summary>
public sealed class PersonsWordTests
{
    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_step_that_may_not_be_read_says_who_can_help()
    {
        world.First.Explanation = new FakeRefusal();
        await using var portal = await EngineHost.StartAsync(world);

        world.First.OnRead = _ => throw new RefusedException("no", new RemoteAnswer("Azure", "AuthorizationFailed", "403", "no", null));
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var plan = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Plan!;
        plan.Objects.ShouldHaveSingleItem().Notes.Select(n => n.Key).ShouldBe(["F", "A"]);
    }

    [Fact]
    public async Task A_step_for_which_a_person_answers_is_verified_by_hand_and_not_dated_like_a_reading()
    {
        world.First.ByHand = true;
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        (view.Steps[0].Status, view.Steps[0].VerifiedAt).ShouldBe((StepStatus.VerifiedByHand, null));
        view.Steps[0].Detail!.Arguments.ShouldBe([view.Run!.ApprovedBy]);
        view.Steps[1].Status.ShouldBe(StepStatus.Verified);
        view.Run.Transcript.Count(l => l.Step == "first" && l.Text.Key == "Engine.AnsweredFor").ShouldBe(1);
        view.Run.Transcript.ShouldNotContain(l => l.Step == "first" && l.Text.Key == "Engine.ReadBack");
    }

    [Fact]
    public async Task A_reading_afterwards_says_by_hand_or_verified_as_the_choice_goes()
    {
        world.First.ByHand = true;
        world.First.Made["object"] = true;
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);

        world.First.ByHand = false;
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Status.ShouldBe(StepStatus.Verified);

        world.First.ByHand = true;
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);
    }
}
