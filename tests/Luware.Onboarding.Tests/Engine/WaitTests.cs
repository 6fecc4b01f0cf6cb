using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Audit;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Everything that holds a run, and what lets it go on.</summary>
public sealed class WaitTests
{
    private static readonly RemoteAnswer Answer = new("Teams", "SomeError", "InvalidOperation", "no", "correlation-1");

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
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(
            new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("accept"), PollAfter: TimeSpan.FromMilliseconds(20)));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();

        await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting, Waits: [{ NextReading: { } next } wait] } && next - wait.Since > TimeSpan.FromMilliseconds(500));
        // As often as at first, it would have been looked at 25 times.
        world.First.Reads.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task What_a_failed_action_was_answered_stands_in_the_transcript_word_for_word()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Failed(new Sentence("broken"), Answer));
        await using var portal = await EngineHost.StartAsync(world);
        using var log = new LogBook();
        portal.Get<ILoggerFactory>().AddProvider(log);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Failed);

        log.Take().ShouldContain($"Run {view.Run!.Id}: the step first has failed: broken");
        view.Run!.Transcript.Single(l => l.Text.Key == "broken").Raw.ShouldBe("Teams: no\nSomeError InvalidOperation\ncorrelation id correlation-1");
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
    public async Task A_busy_service_is_asked_again_at_once_and_then_waited_for()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnRead = _ =>
        {
            if (++calls is > 1 and < 6)
                throw new TransientException("busy");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        calls.ShouldBeGreaterThanOrEqualTo(6);
        view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.Busy");
    }

    [Fact]
    public async Task A_busy_service_that_says_to_come_back_at_once_is_asked_ever_more_rarely()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnRead = _ =>
        {
            if (++calls > 1)
                throw new TransientException("busy", TimeSpan.Zero);
        };
        await using var portal = await EngineHost.StartAsync(
            world, settings: [("Engine:FirstPoll", "00:00:00.020"), ("Engine:LastPoll", "00:00:02"), ("Engine:QuickRetries", "0")]);

        await portal.ApproveAsync();

        await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting, Waits: [{ NextReading: { } next } wait] } && next - wait.Since > TimeSpan.FromMilliseconds(500));
        // As often as at first, it would have been asked 25 times.
        calls.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task A_busy_service_is_left_alone_for_as_long_as_it_asks()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new TransientException("busy", TimeSpan.FromHours(1));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var wait = (await portal.UntilHeldAsync("first", "Engine.Busy")).Run!.Waits.Single(w => w.Step == "first");

        (wait.NextReading - wait.Since).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_write_that_found_the_service_busy_is_not_repeated_before_the_world_was_read_again()
    {
        var world = new FakeWorld();
        var calls = new List<string>();
        world.First.OnRead = _ => calls.Add("read");
        world.First.OnApply = (_, wanted, _) =>
        {
            calls.Add("write");
            world.First.Made[wanted.Key] = true;
            throw new TransientException("busy, and yet it was done");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        calls.Count(c => c == "write").ShouldBe(1);
        calls[^1].ShouldBe("read");
    }

    [Fact]
    public async Task A_call_that_never_returns_is_given_up()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnApply = async (_, _, cancellationToken) =>
        {
            if (calls++ == 0)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:ActionLimit", "00:00:00.100"));

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.NoAnswer");
    }

    [Fact]
    public async Task A_role_that_is_not_active_now_is_named_before_anything_is_done()
    {
        var world = new FakeWorld { Roles = [FakeWorld.LesserRole] };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        view.Run!.Waits.Single(w => w.Step == "first").Refusal!.What.Arguments.ShouldBe([$"@Role.{FakeWorld.Role}"]);
        view.Run.Actions.Select(a => a.State).ShouldBe([ActionState.Refused, ActionState.Later, ActionState.Refused]);
        world.Applied.ShouldBeEmpty();

        world.Roles = [FakeWorld.Role];
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Theory]
    [InlineData(true, "T")]
    [InlineData(false, "Engine.Refused.Title")]
    public async Task A_refusal_is_explained_by_its_step_or_else_by_the_engine(bool stepKnows, string title)
    {
        var world = new FakeWorld();
        var refuses = true;
        world.First.Explanation = stepKnows ? new FakeRefusal() : null;
        world.First.OnApply = (_, _, _) => refuses ? throw new RefusedException("no", Answer) : Task.FromResult<StepOutcome?>(null);
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", title);
        var refusal = view.Run!.Waits.Single().Refusal!;
        refusal.Answer.ShouldBe(Answer);
        view.Run.Actions[0].State.ShouldBe(ActionState.Refused);
        view.Steps[2].Status.ShouldBe(StepStatus.Verified);

        refuses = false;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_refusal_that_somebody_mends_elsewhere_is_tried_again_without_a_click()
    {
        var world = new FakeWorld();
        var isMended = false;
        world.First.Explanation = new FakeRefusal(TimeSpan.FromMilliseconds(50));
        world.First.OnApply = (_, _, _) => !isMended ? throw new RefusedException("no", Answer) : Task.FromResult<StepOutcome?>(null);
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("first", "T");
        view.Run!.Waits.Single().NextReading.ShouldNotBeNull();
        isMended = true;

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_run_that_goes_on_with_older_choices_leaves_the_plan_of_the_newer_ones_to_be_approved()
    {
        var world = new FakeWorld();
        world.Aside.CanFollow = true;
        world.Aside.Questions.Add("Which one?");
        world.First.Wanted[0] = world.First.Wanted[0] with { OnlyWaits = true };
        world.First.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(
            new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("accept"), PollAfter: TimeSpan.FromMilliseconds(50)));
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

    [Fact]
    public async Task An_action_that_touches_more_people_than_approved_asks_again()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) =>
        {
            world.Second.Wanted[0] = new FakeObject("object", People: 1);
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.PlanChanged");

        world.Applied.ShouldNotContain("second/object");
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
    public async Task Another_identity_than_the_signed_in_one_ends_the_run()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new WrongIdentityException("other tenant");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Failed);

        world.Applied.ShouldBeEmpty();
        view.Run!.Transcript[^1].Text.Key.ShouldBe("Engine.WrongIdentity");
        view.Run.Actions.Select(a => a.State).ShouldBe([ActionState.Failed, ActionState.Later, ActionState.Later]);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Ready);
    }

    [Fact]
    public async Task A_surprise_fails_its_step_and_not_the_others()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Failed);
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Failed, StepStatus.Ready, StepStatus.Verified]);

        world.First.OnApply = null;
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_step_that_is_tried_again_while_the_run_is_at_another_is_done_before_the_run_ends()
    {
        var world = new FakeWorld();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.First.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        world.Aside.OnApply = async (_, _, _) =>
        {
            reached.TrySetResult();
            await goOn.Task;
            return null;
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        goOn.SetResult();
        var view = await portal.UntilAsync(v => v.Run!.State is RunState.Done or RunState.Failed);

        view.Run!.State.ShouldBe(RunState.Done);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        world.Applied.ShouldContain("first/object");
    }

    [Fact]
    public async Task A_failed_step_is_not_the_one_that_a_closed_run_waits_at()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        world.Aside.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("wait")));
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        portal.Set("Safety:NoWrites", "true");
        await portal.WakeAsync();
        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.For.Key == "Engine.WritesStopped"));

        view.Steps[0].Status.ShouldBe(StepStatus.Failed);
        view.Run!.Waits.ShouldNotContain(w => w.Step == "first");
    }

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
        IReadOnlyList<Run> woken = [];
        await portal.Get<IDbContextFactory<PortalDbContext>>()
            .ChangeAsync(tenant, async db => woken = await runs.ReturnAsync(db, "first", "make-object", default), default);
        await runs.WakeAsync(woken, default);
        var view = await portal.UntilHeldAsync("first", "On its way");

        view.Run!.Actions[0].State.ShouldBe(ActionState.Waiting);
        view.Steps[0].Status.ShouldBe(StepStatus.WaitingOnMicrosoft);
        view.Run.Transcript.Count(l => l.Text.Key == "Engine.CameBack").ShouldBe(1);
    }
}
