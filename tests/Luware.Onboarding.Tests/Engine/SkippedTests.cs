using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A step that the customer goes without.</summary>
public sealed class SkippedTests
{
    private readonly FakeWorld world = new();

    [Fact]
    public async Task It_is_skipped_with_its_reason_not_read_again_and_holds_nobody()
    {
        await using var portal = await EngineHost.StartAsync(world);
        await WishAsync(portal, "first", unwanted: true);
        var reads = world.First.Reads;

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["second/object", "aside/object"]);
        world.First.Reads.ShouldBe(reads + 1, "once more for the approved plan, never for the run");
        (view.Steps[0].Status, view.Steps[0].Detail!.Key, view.Steps[0].VerifiedAt).ShouldBe((StepStatus.Skipped, "Not wanted", null));
        view.Steps.Skip(1).ShouldAllBe(s => s.Status == StepStatus.Verified);
        view.Run!.Transcript.ShouldNotContain(l => l.Step == "first");
    }

    [Fact]
    public async Task It_stays_skipped_while_the_others_wait_and_when_the_portal_is_started_again()
    {
        world.Second.Propagating = true;
        await using var own = await OwnDatabase.CreateAsync();
        var before = await EngineHost.StartAsync(world, own, null, ("Engine:FirstPoll", "00:10:00"), ("Engine:LastPoll", "00:10:00"));
        await WishAsync(before, "aside", unwanted: true);
        await before.ApproveAsync();
        (await before.UntilHeldAsync("second", "Engine.Propagating")).Steps[2].Status.ShouldBe(StepStatus.Skipped);
        await before.DisposeAsync();

        await using var portal = await EngineHost.StartAsync(world, own, before.Admin);
        world.Second.Propagating = false;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        (await portal.UntilRunIsAsync(RunState.Done)).Steps[2].Status.ShouldBe(StepStatus.Skipped);
        world.Applied.ShouldBe(["first/object", "second/object"]);
    }

    [Fact]
    public async Task It_is_not_queued_when_nobody_is_signed_in_any_more()
    {
        world.First.Waits("Do it");
        await using var portal = await EngineHost.StartAsync(world);
        await WishAsync(portal, "aside", unwanted: true);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Do it");
        await portal.SignOutAsync(portal.Admin);
        var colleague = EngineHost.Person("Bea");
        await portal.SignInAsync(colleague);

        await portal.WakeAsync();
        var view = await portal.UntilAsync(v => v.Run!.Waits.Any(w => w.For.Key == "Engine.SignInAgain"), colleague);

        view.Steps[2].Status.ShouldBe(StepStatus.Skipped);
    }

    [Fact]
    public async Task It_is_not_the_one_that_a_closed_run_waits_at_once_all_is_done()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var colleague = EngineHost.Person("Bea");
        await portal.SignInAsync(colleague);
        world.Second.OnApply = async (_, _, _) =>
        {
            await portal.SignOutAsync(portal.Admin);
            await portal.WakeAsync();
            return null;
        };
        await WishAsync(portal, "aside", unwanted: true);

        await portal.ApproveAsync();
        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.For.Key == "Engine.SignInAgain"), colleague);

        view.Run!.Waits.ShouldHaveSingleItem().Step.ShouldBe("second");
        view.Steps[2].Status.ShouldBe(StepStatus.Skipped);
        await portal.Engine.ResumeAsync(colleague, default);
        await portal.UntilAsync(v => v.Run is { State: RunState.Done }, colleague);
    }

    [Fact]
    public async Task Wanted_later_it_is_planned_and_approved_alone()
    {
        await using var portal = await EngineHost.StartAsync(world);
        await WishAsync(portal, "aside", unwanted: true);
        await portal.ApproveAsync();
        (await portal.UntilRunIsAsync(RunState.Done)).Digest.ShouldBeNull();
        world.Applied.Clear();

        var view = await WishAsync(portal, "aside", unwanted: false);
        view.Steps[2].Status.ShouldBe(StepStatus.Ready);
        view.Steps.SelectMany(s => s.Plan!.Actions).ShouldHaveSingleItem();
        await portal.ApproveAsync();
        view = await portal.UntilAsync(v => v.Run!.State == RunState.Done && v.Steps[2].Status == StepStatus.Verified);

        world.Applied.ShouldBe(["aside/object"]);
        view.Run!.Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_run_that_waits_in_it_goes_on_without_it_as_soon_as_it_is_not_wanted_any_more()
    {
        world.Aside.Waits("Accept it");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "Accept it");

        await WishAsync(portal, "aside", unwanted: true);
        var view = await portal.UntilRunIsAsync(RunState.Done);

        view.Steps[2].Status.ShouldBe(StepStatus.Skipped);
        view.Run!.Transcript.Count(l => l.Step == "aside" && l.Text.Key == "Engine.NotWanted").ShouldBe(1);
    }

    [Fact]
    public async Task Wanted_while_a_run_goes_on_without_it_it_is_left_to_be_approved()
    {
        world.Second.Propagating = true;
        await using var portal = await EngineHost.StartAsync(world);
        await WishAsync(portal, "aside", unwanted: true);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.Propagating");

        await WishAsync(portal, "aside", unwanted: false);
        world.Second.Propagating = false;
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldNotContain("aside/object");
        view.Steps[2].Status.ShouldBe(StepStatus.Ready);
        view.Digest.ShouldNotBeNull();
    }

    [Fact]
    public async Task Verified_before_it_counts_as_verified_no_more()
    {
        world.Aside.Made["object"] = true;
        await using var portal = await EngineHost.StartAsync(world);
        (await WishAsync(portal, "aside", unwanted: false)).Steps[2].Status.ShouldBe(StepStatus.Verified);

        var view = await WishAsync(portal, "aside", unwanted: true);
        (view.Steps[2].Status, view.Steps[2].VerifiedAt).ShouldBe((StepStatus.Skipped, null));

        world.Aside.Made.Clear();
        (await WishAsync(portal, "aside", unwanted: false)).Steps[2].Status.ShouldBe(StepStatus.Ready);
    }

    private static async Task<OnboardingView> WishAsync(EngineHost portal, string step, bool unwanted)
    {
        await portal.Engine.ChooseAsync(portal.Admin, step, new FakeWish { Unwanted = unwanted }, default);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        return (await portal.Engine.ReadAsync(portal.Admin, default))!;
    }
}
