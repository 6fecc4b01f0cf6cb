using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What pages and settings say of a step while a run waits, and that the run takes it up from there.</summary>
public sealed class MeanwhileTests
{
    [Fact]
    public async Task A_run_waits_in_its_own_step_although_one_that_it_rests_on_cannot_be_read_any_more()
    {
        var world = new FakeWorld();
        await using var portal = await WaitInSecondAsync(world);
        await LoseSightOfFirstAsync(world, portal);

        world.DirectoryFault = new TransientException("busy");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        var view = await portal.UntilHeldAsync("second", "Engine.Busy");

        view.Run!.Waits.ShouldHaveSingleItem();
        view.Steps[0].Status.ShouldBe(StepStatus.Unknown, "the run has nothing to say about it");
        (world.DirectoryFault, world.First.ReadFault, world.Second.OnApply) = (null, null, null);
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_step_that_could_not_be_read_for_a_page_and_is_busy_for_the_run_holds_it()
    {
        var world = new FakeWorld();
        await using var portal = await WaitInSecondAsync(world);
        await LoseSightOfFirstAsync(world, portal);

        world.First.ReadFault = new TransientException("busy");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilHeldAsync("first", "Engine.Busy");

        world.DirectoryFault = new TransientException("busy");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        (await portal.UntilHeldAsync("second", "Engine.Busy")).Run!.Waits.ShouldHaveSingleItem("what was waited for before is not waited for any more");
        (world.DirectoryFault, world.First.ReadFault, world.Second.OnApply) = (null, null, null);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_verified_step_that_other_data_of_the_region_puts_in_doubt_is_made_again_by_the_run_that_it_belongs_to()
    {
        var world = new FakeWorld();
        world.First.RestsOn = region => $"{region.Applications[0].ApplicationId}";
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:ReapplyAfter", "00:00:00.010"));
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");
        world.First.RestsOn = _ => "another application";
        await portal.Get<RegionChanges>().CheckAsync(default);

        world.First.Made.Clear();
        world.Aside.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        (await portal.UntilAsync(v => v.Run!.State is RunState.Done or RunState.Failed)).Run!.State.ShouldBe(RunState.Done);
        world.Applied.Count(a => a == "first/object").ShouldBe(2);
    }

    [Fact]
    public async Task A_run_goes_on_with_a_word_that_was_given_since_and_asks_for_nothing_new()
    {
        var world = new FakeWorld();
        await using var portal = await WaitInSecondAsync(world);
        world.Second.Made["object"] = true;
        world.Second.Questions.Add("May it stay?");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        var run = (await portal.UntilHeldAsync("second", "May it stay?")).Run!.Id;

        await portal.Engine.ChooseAsync(portal.Admin, "second", new FakeWish { Acknowledged = true }, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Select(s => s.IsOutdated).ShouldBe([false, true, false]);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);

        var view = await portal.UntilRunIsAsync(RunState.Done);
        view.Run!.Id.ShouldBe(run);
        view.Steps.ShouldAllBe(s => !s.IsOutdated);
        view.Steps[1].Status.ShouldBe(StepStatus.Verified);
        view.Steps[1].VerifiedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_closed_run_no_longer_waits_for_a_step_that_a_page_has_read_as_fulfilled()
    {
        var world = new FakeWorld();
        await using var portal = await WaitInSecondAsync(world, ("Engine:FirstPoll", "00:00:05"), ("Engine:LastPoll", "00:00:05"));
        var bea = EngineHost.Person("Bea");
        await portal.SignInAsync(bea);
        await LoseSightOfFirstAsync(world, portal);
        world.First.ReadFault = new TransientException("busy");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilHeldAsync("first", "Engine.Busy");

        world.First.ReadFault = null;
        await portal.Engine.PlanAsync(portal.Admin, "first", default);
        await portal.SignOutAsync(portal.Admin);
        await portal.WakeAsync();
        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.For.Key == "Engine.SignInAgain"), bea);

        view.Steps[0].Status.ShouldBe(StepStatus.Verified);
        view.Run!.Waits.ShouldHaveSingleItem().Step.ShouldBe("second");
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        (await db.Runs.Where(Run.Active).SingleAsync()).WakeAt.ShouldBeNull("a sign-in alone wakes it; a wait that is over would wake it at once, for ever");
    }

    [Fact]
    public async Task A_slow_reading_of_before_says_nothing_about_what_a_run_has_made_and_read_since()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();
        var held = HoldAnswer(world.First, plan => !plan.IsFulfilled);
        var reading = portal.Engine.PlanAsync(portal.Admin, "first", default);
        await held.ReachedAsync();

        (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem.ShouldBeNull();
        await portal.UntilRunIsAsync(RunState.Done);
        held.GoOn();
        await reading;

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0].ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(StepStatus.Verified), s => s.Plan!.IsFulfilled.ShouldBeTrue());
    }

    [Fact]
    public async Task A_run_that_read_slowly_does_not_hide_what_a_page_has_found_since()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();
        var held = HoldAnswer(world.First, plan => plan.IsFulfilled);
        (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem.ShouldBeNull();
        await held.ReachedAsync();

        world.First.Made.Clear();
        await portal.Engine.PlanAsync(portal.Admin, "first", default);
        held.GoOn();

        (await portal.UntilRunIsAsync(RunState.Done)).Steps[0].ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(StepStatus.ChangedSinceVerified), s => s.Plan!.IsFulfilled.ShouldBeFalse(), s => s.VerifiedAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task What_a_run_verified_with_older_choices_may_be_read_as_changed_afterwards()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        await portal.Engine.ChooseAsync(portal.Admin, "second", new FakeWish { Acknowledged = true }, default);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);

        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        (await portal.UntilRunIsAsync(RunState.Done)).Steps[1].VerifiedAt.ShouldNotBeNull();
        world.Second.Made.Clear();
        await portal.Engine.PlanAsync(portal.Admin, "second", default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1].Status.ShouldBe(StepStatus.ChangedSinceVerified);
    }

    [Theory]
    [InlineData("00:05:00", false)]
    [InlineData("00:00:00.001", true)]
    public async Task A_run_reads_again_what_it_has_verified_only_once_it_no_longer_trusts_it(string trust, bool again)
    {
        var world = new FakeWorld();
        world.Second.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:TrustReadingFor", trust));
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "wait");
        var (first, second) = (world.First.Reads, world.Second.Reads);

        world.First.Made.Clear();
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilAsync(_ => world.First.Reads > first || world.Second.Reads > second);

        (world.First.Reads > first).ShouldBe(again);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_takes_up_the_answer_of_a_person_who_leaves_while_the_tenant_is_being_read(bool failsLater)
    {
        var world = new FakeWorld();
        await using var portal = await WaitInSecondAsync(world);
        world.Second.Made["object"] = true;
        world.Second.Questions.Add("May it stay?");
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilHeldAsync("second", "May it stay?");
        await portal.Engine.ChooseAsync(portal.Admin, "second", new FakeWish { Acknowledged = true }, default);
        var held = world.Aside.HoldRead();
        world.Aside.ReadFault = failsLater ? new ScopesMissingException(["Group.Read.All"]) : null;
        using var page = new CancellationTokenSource();
        var reading = portal.Engine.PlanAsync(portal.Admin, null, page.Token);
        await held.ReachedAsync();

        await page.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reading);
        held.GoOn();

        await portal.UntilRunIsAsync(RunState.Done);
    }

    /// <summary>Keeps back the next answer of this kind until it may go on.</summary>
    private static HeldCall HoldAnswer(FakeStepState step, Func<StepPlan, bool> which)
    {
        var held = new HeldCall();
        step.WhileAnswered = plan =>
        {
            if (!which(plan))
                return Task.CompletedTask;
            step.WhileAnswered = null;
            return held.WaitAsync();
        };
        return held;
    }

    private static async Task<EngineHost> WaitInSecondAsync(FakeWorld world, params (string Key, string Value)[] settings)
    {
        var portal = await EngineHost.StartAsync(world, settings: settings);
        await portal.ApproveStepAsync("first");
        await portal.UntilRunIsAsync(RunState.Done);
        world.Second.Waits("wait");
        await portal.ApproveStepAsync("second");
        await portal.UntilHeldAsync("second", "wait");
        return portal;
    }

    private static async Task LoseSightOfFirstAsync(FakeWorld world, EngineHost portal)
    {
        world.First.ReadFault = new RefusedException("no", new RemoteAnswer("Graph", "Denied", "403", "no", null));
        await portal.Engine.PlanAsync(portal.Admin, "first", default);
        await portal.UntilAsync(v => v.Steps[0].Status == StepStatus.Unknown);
    }
}
