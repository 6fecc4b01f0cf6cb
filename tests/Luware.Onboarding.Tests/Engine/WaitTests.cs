using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What holds a run, and what lets it go on.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task A_step_that_waits_for_the_customer_holds_back_its_dependants_only()
    {
        var world = new FakeWorld();
        var accepted = false;
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(
            accepted ? null : new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("accept"), new Uri("/consent/go/1", UriKind.Relative)));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "accept");
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.WaitingOnCustomer, StepStatus.Queued, StepStatus.Verified]);
        view.Steps[1].Detail!.Arguments.ShouldBe(["@Step.first"]);
        view.Run!.Waits.Single().Link.ShouldBe(new Uri("/consent/go/1", UriKind.Relative));

        accepted = true;
        await portal.WakeAsync();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task What_Luware_must_mend_first_holds_the_step_before_a_run_and_in_it_and_nothing_of_it_is_done()
    {
        var world = new FakeWorld();
        world.First.Obstacle = "mend";
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var read = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[0];
        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "mend");

        (read.Status, read.Detail!.Key, read.Plan!.Why.Key).ShouldBe((StepStatus.WaitingOnLuware, "mend", "mend"));
        read.Plan.Objects.Single().ShouldSatisfyAllConditions(o => o.Action.ShouldBeNull(), o => o.Warnings.Single().Key.ShouldBe("mend"));
        view.Run!.Waits.Single(w => w.Step == "first").On.ShouldBe(WaitsFor.Luware);
        view.Steps[1].Status.ShouldBe(StepStatus.Queued);
        world.Applied.ShouldNotContain("first/object");
    }

    [Fact]
    public async Task A_wait_for_the_same_thing_is_one_line_of_the_transcript()
    {
        var world = new FakeWorld();
        world.First.Wanted[0] = world.First.Wanted[0] with { OnlyWaits = true };
        var polls = 0;
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(
            ++polls > 4 ? null : new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("effective"), PollAfter: TimeSpan.FromMilliseconds(20)));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        polls.ShouldBe(5);
        view.Run!.Transcript.Count(l => l.Text.Key == "effective").ShouldBe(1);
        view.Run.Transcript.Count(l => l is { Step: "first", Text.Key: "Title" }).ShouldBe(1);
    }

    [Fact]
    public async Task Every_attempt_to_write_is_journalled_before_it_is_made()
    {
        var world = new FakeWorld();
        var attempts = 0;
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(
            ++attempts > 2 ? null : new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("not yet"), PollAfter: TimeSpan.FromMilliseconds(20)));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        view.Run!.Transcript.Where(l => l.Step == "first").Select(l => l.Text.Key)
            .ShouldBe(["Title", "not yet", "Title", "not yet", "Title", "Engine.Accepted", "Engine.ReadBack"]);
    }

    [Fact]
    public async Task A_person_who_does_not_come_is_looked_after_ever_more_rarely()
    {
        var world = new FakeWorld();
        world.First.Waits("accept", TimeSpan.FromMilliseconds(20));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();

        await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting, Waits: [{ NextReading: { } next } wait] } && next - wait.Since > TimeSpan.FromMilliseconds(500));
        // As often as at first, it would have been looked at 25 times.
        world.First.Reads.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task What_was_accepted_but_does_not_show_yet_is_not_done_twice()
    {
        var world = new FakeWorld();
        world.First.Propagating = true;
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Engine.Propagating");
        var reads = world.First.Reads;
        await portal.UntilAsync(_ => world.First.Reads > reads + 3);
        world.First.Propagating = false;
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.Count(a => a == "first/object").ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_a_reading_finds_fulfilled_is_over_although_the_step_is_not()
    {
        var world = new FakeWorld();
        world.First.Wanted.Add(new FakeObject("next"));
        world.First.OnApply = (_, wanted, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence(wanted.Key)));
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "object");

        world.First.Made["object"] = true;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        var run = (await portal.UntilHeldAsync("first", "next")).Run!;
        run.Actions.Where(a => a.Step == "first").Select(a => a.State).ShouldBe([ActionState.Done, ActionState.Waiting]);
    }

    [Fact]
    public async Task A_step_is_told_what_was_begun_before_and_not_what_was_refused_or_taken_back()
    {
        var world = new FakeWorld();
        var past = new List<PastAction?>();
        world.Second.OnRead = context => past.Add(context.Past.GetValueOrDefault("make-object"));
        world.Second.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Refused(new FakeRefusal()));
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilAsync(v => v.Run!.Waits.Any(w => w.Refusal is not null));
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        past[^1].ShouldBeNull();

        world.Second.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        past[^1].ShouldNotBeNull().ShouldSatisfyAllConditions(p => p.DoneAt.ShouldNotBeNull(), p => p.WasSeen.ShouldBeTrue());

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        past[^1].ShouldBeNull();
    }

    [Fact]
    public async Task What_was_refused_after_it_was_taken_back_was_not_begun_again()
    {
        var world = new FakeWorld();
        PastAction? past = null;
        world.Second.OnRead = context => past = context.Past.GetValueOrDefault("make-object");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Refused(new FakeRefusal()));
        await portal.ApproveAsync();
        await portal.UntilAsync(v => v.Run!.Waits.Any(w => w.Refusal is not null));
        await portal.Engine.PlanAsync(portal.Admin, "second", default);

        past.ShouldBeNull();
    }

    [Fact]
    public async Task What_does_not_show_for_long_is_done_again()
    {
        var world = new FakeWorld();
        world.First.Propagating = true;
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:ReapplyAfter", "00:00:00.300"));

        await portal.ApproveAsync();
        await portal.UntilAsync(_ => world.Applied.Count(a => a == "first/object") >= 2);
        world.First.Propagating = false;

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_run_whose_person_signed_out_goes_on_with_the_sign_in_of_a_colleague()
    {
        var world = new FakeWorld();
        world.First.OnApply = async (_, _, _) =>
        {
            await Task.Yield();
            throw new SignInRequiredException("expired");
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "Engine.SignInAgain");
        view.Run!.Waits.Single().Link!.ToString().ShouldBe("/sign-in?returnUrl=/onboarding");
        world.First.OnApply = null;
        await portal.SignOutAsync(portal.Admin);

        await portal.WakeAsync();
        var colleague = EngineHost.Person("Bob");
        await portal.SignInAsync(colleague);
        await portal.UntilAsync(v => v.Run is { State: RunState.Waiting }, colleague);
        world.Applied.ShouldBeEmpty();

        await portal.Engine.ResumeAsync(colleague, default);
        await portal.UntilAsync(v => v.Run is { State: RunState.Done }, colleague);
        world.Sessions.ShouldAllBe(s => s == colleague.Access.SessionId);
    }

    [Fact]
    public async Task Missing_scopes_lead_to_the_page_that_asks_for_them()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new ScopesMissingException(["Group.Read.All"]);
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "Engine.ScopesMissing");

        view.Run!.Waits.Single().Link!.ToString().ShouldBe("/sign-in/more?returnUrl=/onboarding");
    }

    [Fact]
    public async Task Whoever_comes_back_from_where_an_action_is_settled_is_written_down_and_proves_nothing()
    {
        DateTimeOffset? returned = null;
        var world = new FakeWorld();
        world.First.Wanted[0] = world.First.Wanted[0] with { OnlyWaits = true };
        world.First.OnApply = (context, _, _) =>
        {
            returned = context.Past.GetValueOrDefault("make-object")?.ReturnedAt;
            return Task.FromResult<StepOutcome?>(
                new StepOutcome.Waiting(returned is null ? WaitsFor.Customer : WaitsFor.Microsoft, new(returned is null ? "Accept" : "On its way")));
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "Accept");

        var (runs, tenant) = (portal.Get<RunCommands>(), (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id);
        await runs.ChangeAsync(tenant, db => runs.ReturnAsync(db, "first", "make-object", default), default);
        var view = await portal.UntilHeldAsync("first", "On its way");

        view.Run!.Actions[0].State.ShouldBe(ActionState.Waiting);
        view.Steps[0].Status.ShouldBe(StepStatus.WaitingOnMicrosoft);
        view.Run.Transcript.Count(l => l.Text.Key == "Engine.CameBack").ShouldBe(1);
    }
}
