using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Step by step: an approval of one step, and what becomes of those before it.</summary>
public sealed class StepApprovalTests
{
    /// <summary>The first step was brought about and is gone again; the second is approved alone, and its run held.</summary>
    private static async Task<OnboardingView> FirstIsGoneAsync(EngineHost portal, FakeWorld world)
    {
        await portal.ApproveStepAsync("first");
        await portal.UntilRunIsAsync(RunState.Done);
        world.First.Made.Clear();
        await portal.ApproveStepAsync("second", plan: false);
        return await portal.UntilHeldAsync("first", "Engine.PlanChanged");
    }

    [Fact]
    public async Task A_step_is_approved_alone_and_the_others_stay_as_they_are()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveStepAsync("first");
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object"]);
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Ready, StepStatus.Ready]);
        view.Run!.Steps.ShouldBe(["first"]);
        view.Run.Transcript.Select(l => l.Text.Key).ShouldBeSubsetOf(
            ["Engine.ApprovedSteps", "Title", "Engine.Accepted", "Engine.ReadBack", "Engine.StepsDone"]);
        view.Digest.ShouldNotBeNull("the rest of the plan can still be approved at once");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Where_nothing_can_be_approved_an_approval_of_nothing_covers_nothing(string? digest)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        (await portal.Engine.ApproveAsync(portal.Admin, digest!, default)).Problem!.Key.ShouldBe("Engine.PlanOutdated");

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task A_step_needs_what_it_rests_on_first()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var second = await StepAsync(portal, "second");

        second.Approval.ShouldBeNull();
        second.NeededFirst.ShouldBe(["first"]);
    }

    [Fact]
    public async Task Step_after_step_ends_as_one_plan_does_and_remembers_what_each_had_found()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        foreach (var step in new[] { "first", "second", "aside" })
        {
            await portal.ApproveStepAsync(step);
            await portal.UntilAsync(v => v.Run!.State == RunState.Done && v.Run.Steps.Contains(step));
        }

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified && s.Approval == null);
        view.Run!.Before.Select(b => (b.Step, b.State)).ShouldBe(
            [("aside", ObjectState.Missing), ("second", ObjectState.Missing), ("first", ObjectState.Missing)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_later_approval_while_the_first_still_waits_loses_nothing()
    {
        var world = new FakeWorld();
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("aside");
        await portal.UntilHeldAsync("aside", "wait");
        var bob = EngineHost.Person("Bob");
        await portal.SignInAsync(bob);

        await portal.ApproveStepAsync("first", bob);
        var view = await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting } run && run.Steps.Contains("first") && v.Steps[0].Status == StepStatus.Verified);

        view.Run!.Waits.ShouldHaveSingleItem().Step.ShouldBe("aside");
        view.Run.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.ApprovedBefore");
        world.Aside.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBe(["first/object", "aside/object"]);
        world.Sessions.Last().ShouldBe(portal.Admin.Access.SessionId, "whoever approved it first takes it back");
    }

    [Fact]
    public async Task A_step_that_rests_on_one_that_is_on_its_way_waits_for_it()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("first");
        await portal.UntilHeldAsync("first", "wait");

        await portal.ApproveStepAsync("second");
        await portal.UntilAsync(v => v.Steps[1] is { Status: StepStatus.Queued, Detail.Key: "Engine.After" });
        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object", "second/object"]);
    }

    [Fact]
    public async Task What_was_accepted_and_does_not_show_yet_is_not_done_again_by_the_run_that_takes_over()
    {
        var world = new FakeWorld();
        world.First.Propagating = true;
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("first");
        await portal.UntilHeldAsync("first", "Engine.Propagating");

        await portal.ApproveStepAsync("aside");
        await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Steps.Contains("aside") && v.Steps[2].Status == StepStatus.Verified);
        await portal.UntilHeldAsync("first", "Engine.Propagating");
        world.First.Propagating = false;
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object", "aside/object"]);
    }

    [Fact]
    public async Task What_a_step_rests_on_is_read_again_and_never_changed_without_an_approval_of_its_own()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        var view = await FirstIsGoneAsync(portal, world);

        view.Run!.Waits.Single().Link!.ToString().ShouldBe("/onboarding/first?show=plan");
        world.Applied.ShouldBe(["first/object"]);
    }

    [Fact]
    public async Task What_was_verified_behind_a_step_that_holds_the_run_stays_verified()
    {
        var world = new FakeWorld { Aside = new FakeStepState("aside") { DependsOn = ["second"] } };
        await using var portal = await EngineHost.StartAsync(world);
        foreach (var step in new[] { "first", "second" })
        {
            await portal.ApproveStepAsync(step);
            await portal.UntilAsync(v => v.Run!.State == RunState.Done && v.Run.Steps.Contains(step));
        }

        await portal.Engine.PlanAsync(portal.Admin, "aside", default);
        world.First.Made.Clear();
        await portal.ApproveStepAsync("aside", plan: false);
        var view = await portal.UntilHeldAsync("first", "Engine.PlanChanged");

        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.WaitingOnCustomer, StepStatus.Verified, StepStatus.Queued]);
        view.Steps[2].Detail!.Arguments.ShouldBe(["@Step.second"]);
    }

    [Fact]
    public async Task A_step_outside_the_approval_that_is_put_right_by_hand_holds_the_run_no_longer()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await FirstIsGoneAsync(portal, world);

        world.First.Made["object"] = true;
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.Engine.ResumeAsync(portal.Admin, default);

        (await portal.UntilRunIsAsync(RunState.Done)).Run!.Waits.ShouldBeEmpty();
        world.Applied.ShouldBe(["first/object", "second/object"]);
    }

    [Fact]
    public async Task What_goes_on_does_so_with_the_choices_that_were_approved_for_it()
    {
        var world = new FakeWorld();
        var seen = "";
        world.Aside.OnApply = (context, _, _) =>
        {
            seen = context.Choices.Get<Colour>("aside").Name;
            return Task.FromResult<StepOutcome?>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("wait")));
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.ChooseAsync(portal.Admin, "aside", new Colour { Name = "red" }, default);
        await portal.ApproveStepAsync("aside");
        await portal.UntilHeldAsync("aside", "wait");

        await portal.Engine.ChooseAsync(portal.Admin, "aside", new Colour { Name = "blue" }, default);
        await portal.ApproveStepAsync("first");
        await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Steps.Contains("first"));

        seen.ShouldBe("red");
        (await StepAsync(portal, "aside")).Approval.ShouldBeNull("red and blue want the same objects: nothing is left to be approved");
    }

    [Fact]
    public async Task A_portal_that_dies_at_work_on_two_approvals_goes_on_with_both()
    {
        var world = new FakeWorld();
        world.Aside.Waits("wait");
        var held = new HeldCall();
        world.First.OnApply = async (_, wanted, _) =>
        {
            world.First.Made[wanted.Key] = true;
            await held.WaitAsync();
            return new StepOutcome.Done();
        };
        await using var own = await OwnDatabase.CreateAsync();
        var dead = await EngineHost.StartAsync(world, own);
        await dead.ApproveStepAsync("aside");
        await dead.UntilHeldAsync("aside", "wait");
        await dead.ApproveStepAsync("first");
        await held.ReachedAsync();
        await dead.DieAsync();

        world.Aside.OnApply = null;
        await using (var portal = await EngineHost.StartAsync(world, own, dead.Admin))
        {
            await portal.UntilRunIsAsync(RunState.Done);
            world.Applied.ShouldHaveSingleItem().ShouldBe("aside/object", "the other was made before the end came, and found");
        }

        held.GoOn();
        await dead.DisposeAsync();
    }

    [Fact]
    public async Task Taking_back_finds_the_run_that_made_the_step_and_ends_what_is_on_its_way()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("first");
        await portal.UntilRunIsAsync(RunState.Done);
        world.Aside.Waits("wait");
        await portal.ApproveStepAsync("aside");
        await portal.UntilHeldAsync("aside", "wait");

        (await portal.Engine.UndoAsync(portal.Admin, "first", default)).Problem.ShouldBeNull();
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.First.Made.ShouldBeEmpty();
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Ready, StepStatus.Ready, StepStatus.Ready]);
        (await StepAsync(portal, "aside")).Approval.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_only_a_person_does_comes_along_with_the_step_before_it()
    {
        var world = new FakeWorld();
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Page = new Uri("/consent/go/1", UriKind.Relative) };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await StepAsync(portal, "first")).Approval!.Steps.ShouldBe(["first", "second"]);
        await portal.ApproveStepAsync("first");

        (await portal.UntilRunIsAsync(RunState.Done)).Run!.Steps.ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task A_step_that_has_failed_fails_no_run_that_is_not_about_it()
    {
        var world = new FakeWorld();
        world.Aside.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Failed(new Sentence("broken")));
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveStepAsync("aside");
        await portal.UntilRunIsAsync(RunState.Failed);

        await portal.ApproveStepAsync("first", plan: false);

        (await portal.UntilAsync(v => v.Run!.Steps.Contains("first") && v.Run.State is RunState.Done or RunState.Failed)).Run!.State.ShouldBe(RunState.Done);
    }

    [Fact]
    public async Task A_double_click_on_a_step_is_one_run()
    {
        var world = new FakeWorld();
        var held = world.First.HoldApply();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await StepAsync(portal, "first")).Approval!.Digest;

        var decisions = await Task.WhenAll(
            portal.Engine.ApproveAsync(portal.Admin, digest, default), portal.Engine.ApproveAsync(portal.Admin, digest, default));
        held.GoOn();
        await portal.UntilRunIsAsync(RunState.Done);

        decisions.ShouldAllBe(d => d.IsAccepted);
        world.Applied.ShouldBe(["first/object"]);
    }

    [Fact]
    public async Task What_all_steps_together_have_under_way_leaves_no_plan_to_approve()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);

        foreach (var step in new[] { "first", "second", "aside" })
            await portal.ApproveStepAsync(step);

        var view = await portal.UntilHeldAsync("first", "wait");
        view.Digest.ShouldBeNull();
        view.Steps.ShouldAllBe(s => s.Approval == null);
    }

    private static async Task<StepView> StepAsync(EngineHost portal, string step) =>
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Single(s => s.Step == step);

    private sealed class Colour
    {
        public string Name { get; init; } = "";
    }
}
