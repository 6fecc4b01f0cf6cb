using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Audit;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What is refused or fails: how it is explained, what goes on without it and how it is tried again.</summary>
public sealed class FailedActionTests
{
    private static readonly RemoteAnswer Answer = new("Teams", "SomeError", "InvalidOperation", "no", "correlation-1");

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
        world.First.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        var held = world.Aside.HoldApply();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await held.ReachedAsync();

        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        held.GoOn();
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
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        portal.Set("Safety:NoWrites", "true");
        await portal.WakeAsync();
        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.For.Key == "Engine.WritesStopped"));

        view.Steps[0].Status.ShouldBe(StepStatus.Failed);
        view.Run!.Waits.ShouldNotContain(w => w.Step == "first");
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
}
