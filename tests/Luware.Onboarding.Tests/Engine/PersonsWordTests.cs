using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What no reading can find: what an action proved, and what a person answers for.</summary>
public sealed class PersonsWordTests
{
    private readonly FakeWorld world = new();
    private string? seen;

    [Fact]
    public async Task What_an_action_found_is_known_to_the_next_reading_of_its_step()
    {
        Prove();
        world.First.OnRead = context => seen = context.Find("first/proof");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        seen.ShouldBe("tried");
    }

    [Fact]
    public async Task What_an_action_found_is_stored_before_anything_else_is_read()
    {
        Prove();
        var proven = new TaskCompletionSource();
        world.First.OnRead = context =>
        {
            if (context.Find("first/proof") is null)
                return;
            proven.TrySetResult();
            throw new TransientException("busy");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await proven.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Plan!.Outputs["first/proof"].ShouldBe("tried");
    }

    [Fact]
    public async Task A_step_that_cannot_be_read_forgets_nothing_and_says_who_can_help()
    {
        world.First.Made["object"] = true;
        world.First.Explanation = new FakeRefusal();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        world.First.OnRead = _ => throw new RefusedException("no", new RemoteAnswer("Azure", "AuthorizationFailed", "403", "no", null));
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var plan = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].Plan!;
        plan.Outputs["first/object"].ShouldBe("id of object");
        plan.Objects.ShouldHaveSingleItem().Notes.Select(n => n.Key).ShouldBe(["F", "A"]);
    }

    [Fact]
    public async Task A_step_for_which_a_person_answers_is_verified_by_hand_and_not_dated_like_a_reading()
    {
        string? approver = null;
        world.First.ByHand = true;
        world.First.OnApply = (context, _, _) =>
        {
            approver = context.ApprovedBy;
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        (view.Steps[0].Status, view.Steps[0].VerifiedAt).ShouldBe((StepStatus.VerifiedByHand, null));
        view.Steps[1].Status.ShouldBe(StepStatus.Verified);
        view.Run!.Transcript.Count(l => l.Step == "first" && l.Text.Key == "Engine.Attested").ShouldBe(1);
        view.Run.Transcript.ShouldNotContain(l => l.Step == "first" && l.Text.Key == "Engine.ReadBack");
        approver.ShouldBe(view.Run.ApprovedBy);
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

    private void Prove() => world.First.OnApply = (_, wanted, _) =>
    {
        world.First.Made[wanted.Key] = true;
        return Task.FromResult<StepOutcome?>(new StepOutcome.Done { Found = new Dictionary<string, string>(StringComparer.Ordinal) { ["first/proof"] = "tried" } });
    };
}
