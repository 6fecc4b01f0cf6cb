using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

public sealed class UndoTests
{
    [Fact]
    public async Task A_verified_step_is_taken_back_and_stands_as_it_did_before()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Ready, StepStatus.Verified]);
        view.Steps[1].VerifiedAt.ShouldBeNull();
        view.Run!.Actions.ShouldHaveSingleItem().State.ShouldBe(ActionState.Done);
        view.Digest.ShouldNotBeNull();
    }

    [Fact]
    public async Task While_one_step_is_taken_back_another_is_not()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Second.OnRemove = _ => new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("wait"));
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "wait");

        (await portal.Engine.UndoAsync(portal.Admin, "first", default)).Problem!.Key.ShouldBe("Engine.UndoOtherFirst");

        world.Second.OnRemove = null;
        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilRunIsAsync(RunState.Done);
        (await portal.Engine.UndoAsync(portal.Admin, "first", default)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task When_it_ended_stays_whatever_is_told_of_the_tenant_later()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var ended = (await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done })).Run!.EndedAt.ShouldNotBeNull();

        (await portal.Get<ITenants>().SetReadyAsync(EngineHost.Tenant, true, "Luware", default)).ShouldBeTrue();

        var run = (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!;
        run.Transcript[^1].Text.Key.ShouldBe("Engine.ReadySet");
        run.EndedAt.ShouldBe(ended);
    }

    [Fact]
    public async Task Taking_back_goes_before_a_waiting_run_and_takes_its_place()
    {
        var world = new FakeWorld();
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Ready, StepStatus.Ready]);
    }

    [Fact]
    public async Task Whoever_holds_the_role_takes_back_what_somebody_with_a_lesser_one_asked_for()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var nora = EngineHost.Person("Nora");
        world.RolesOf[nora.Access.PersonId] = [FakeWorld.LesserRole];
        await portal.SignInAsync(nora);
        await portal.Engine.UndoAsync(nora, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");

        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        world.Applied.Count(a => a == "second/remove-object").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_else_carries_out_by_signing_in_what_somebody_asked_to_take_back()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var nora = EngineHost.Person("Nora");
        world.RolesOf[nora.Access.PersonId] = [FakeWorld.LesserRole];
        await portal.SignInAsync(nora);
        await portal.Engine.UndoAsync(nora, "second", default);
        var held = await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");
        await portal.SignOutAsync(nora);

        await portal.Engine.ResumeAsync(portal.Admin, default);
        var view = await portal.UntilHeldAsync("second", "Engine.AskerSignIn");

        view.Run!.Id.ShouldBe(held.Run!.Id);
        view.Run.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.Resumed");
        world.Second.Made.ShouldNotBeEmpty();
        world.Applied.ShouldNotContain("second/remove-object");
    }

    [Fact]
    public async Task Somebody_without_any_role_takes_nothing_back_and_the_run_at_work_stays()
    {
        var world = new FakeWorld();
        world.Aside.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var run = (await portal.UntilHeldAsync("aside", "wait")).Run!;
        var nora = await portal.InviteAsync("Nora");
        world.RolesOf[nora.Access.PersonId] = [];

        (await portal.Engine.UndoAsync(nora, "second", default)).Problem!.Key.ShouldBe("Engine.RoleMissing.What");

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldNotBeNull().ShouldSatisfyAllConditions(
            r => r.Id.ShouldBe(run.Id), r => r.State.ShouldBe(RunState.Waiting));
        world.Second.Made.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task While_the_directory_gives_no_answer_only_those_take_back_whose_sign_in_named_a_role()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var nora = await portal.InviteAsync("Nora");
        world.DirectoryFault = new TransientException("away", retryAfter: TimeSpan.FromMinutes(1));

        (await portal.Engine.UndoAsync(nora, "second", default)).Problem!.Key.ShouldBe("Engine.Busy");
        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilHeldAsync("second", "Engine.Busy");
        world.DirectoryFault = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        world.Second.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_asks_again_to_take_back_what_waits_has_it_looked_at_at_once()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Roles = [FakeWorld.LesserRole];
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");
        world.Roles = [FakeWorld.Role];

        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();

        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        world.Second.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task Taking_back_stops_a_run_that_is_at_work_before_its_next_action()
    {
        var world = new FakeWorld();
        var held = world.First.HoldApply();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await held.ReachedAsync();

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        held.GoOn();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Applied.ShouldBe(["first/object"]);
    }

    [Fact]
    public async Task Taking_back_does_not_wait_for_an_action_that_hangs()
    {
        var world = new FakeWorld();
        var held = new HeldCall();
        world.Second.OnApply = async (_, wanted, cancellationToken) =>
        {
            world.Second.Made[wanted.Key] = true;
            await held.HangAsync(cancellationToken);
            return null;
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await held.ReachedAsync();

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        world.Applied.ShouldBe(["first/object", "second/remove-object"]);
    }

    [Fact]
    public async Task The_way_back_is_there_while_an_action_of_unknown_outcome_is_not_taken_back_whatever_the_current_run()
    {
        var world = new FakeWorld();
        world.Second.OnApply = (_, _, _) => throw new TransientException("lost");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.Busy");

        world.Second.Wanted[0] = world.Second.Wanted[0] with { Essence = "another", Roles = [Guid.NewGuid()] };
        await portal.ApproveAsync();
        var view = await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");
        view.Steps[1].CanUndo.ShouldBeTrue();

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        view.Steps[1].CanUndo.ShouldBeFalse();
    }

    [Fact]
    public async Task Another_steps_failure_does_not_fail_what_was_taken_back()
    {
        var world = new FakeWorld();
        world.Aside.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Failed);

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done or RunState.Failed });

        view.Run!.State.ShouldBe(RunState.Done);
        view.Steps[1].CanUndo.ShouldBeFalse();
    }

    [Fact]
    public async Task Another_steps_failure_stays_while_something_is_taken_back_whoever_signs_in()
    {
        var world = new FakeWorld();
        world.Aside.OnApply = (_, _, _) => throw new InvalidOperationException("bug");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Failed);
        world.Roles = [FakeWorld.LesserRole];
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");

        await portal.Engine.ResumeAsync(portal.Admin, default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[2].Status.ShouldBe(StepStatus.Failed);
    }

    [Fact]
    public async Task What_was_made_is_taken_back_and_not_what_is_chosen_by_now()
    {
        var world = new FakeWorld();
        var contexts = new List<StepContext>();
        world.Second.OnPlanUndo = contexts.Add;
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.ChooseAsync(portal.Admin, "second", new Chosen("group G"), default);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Essence = "for group G" };
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        await portal.Engine.ChooseAsync(portal.Admin, "second", new Chosen("group H"), default);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Essence = "for group H" };
        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        var script = await portal.Engine.GetUndoScriptAsync(portal.Admin, "second", withChosen: false, default);
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        script.ShouldNotBeNull().ShouldContain("for group G");
        script.ShouldNotContain("for group H");
        contexts.ShouldNotBeEmpty();
        contexts.ShouldAllBe(c => c.Choices.Get<Chosen>("second").Group == "group G" && c.Find("second/essence") == "for group G");
    }

    [Fact]
    public async Task Nothing_is_approved_while_something_is_taken_back()
    {
        var world = new FakeWorld { Roles = [FakeWorld.LesserRole] };
        await using var portal = await EngineHost.StartAsync(world);
        world.Second.Made["object"] = true;
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");

        (await portal.Engine.ApproveAsync(portal.Admin, digest, default)).Problem!.Key.ShouldBe("Engine.UndoFirst");
    }

    [Fact]
    public async Task What_still_waits_for_something_that_an_approval_decides_anew_is_replaced_by_one()
    {
        var world = new FakeWorld();
        await using var portal = await TakingBackAsync(world);
        var waiting = await portal.UntilAsync(v => v is { Run: { Kind: RunKind.Undo, State: RunState.Waiting, Waits.Count: 1 }, Digest: not null });

        world.Second.Made.Keys.ShouldBe(["shield"]);
        (await portal.Engine.ApproveAsync(portal.Admin, waiting.Digest!, default)).Problem.ShouldBeNull();
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Apply, State: RunState.Done });

        world.Second.Made.Count.ShouldBe(2);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
    }

    [Fact]
    public async Task Nothing_but_an_approval_of_its_own_step_replaces_what_still_waits()
    {
        var world = new FakeWorld();
        await using var portal = await TakingBackAsync(world);
        await portal.UntilHeldAsync("second", "shields");
        world.Aside.Made.Clear();
        await portal.Engine.PlanAsync(portal.Admin, "aside", default);
        var aside = (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Single(s => s.Step == "aside").Approval!;

        (await portal.Engine.ApproveAsync(portal.Admin, aside.Digest, default)).Problem!.Key.ShouldBe("Engine.UndoFirst");

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.Kind.ShouldBe(RunKind.Undo);
    }

    [Fact]
    public async Task While_one_step_is_taken_back_readings_say_where_the_others_stand()
    {
        var world = new FakeWorld();
        await using var portal = await TakingBackAsync(world);
        await portal.UntilHeldAsync("second", "shields");
        world.Aside.Made.Clear();

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Select(s => s.Status)
            .ShouldBe([StepStatus.Verified, StepStatus.WaitingOnMicrosoft, StepStatus.ChangedSinceVerified]);
    }

    [Fact]
    public async Task An_approval_that_does_nothing_in_the_step_replaces_nothing_and_the_step_is_read_until_one_can()
    {
        var world = new FakeWorld();
        world.Second.OnPlanUndo = _ => world.Second.ReadFault = new RefusedException("no", new RemoteAnswer("Graph", "Denied", "403", "no", null));
        await using var portal = await TakingBackAsync(world);
        await portal.UntilHeldAsync("second", "shields");
        world.Aside.Made.Clear();
        await portal.Engine.PlanAsync(portal.Admin, "aside", default);
        var all = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();

        (await portal.Engine.ApproveAsync(portal.Admin, all, default)).Problem!.Key.ShouldBe("Engine.UndoFirst");
        (world.Second.OnPlanUndo, world.Second.ReadFault) = (null, null);
        await portal.WakeAsync();
        var view = await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } && v.Steps[1].Plan is { IsFulfilled: false });
        (await portal.Engine.ApproveAsync(portal.Admin, view.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();

        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Apply, State: RunState.Done });
        world.Second.Made.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_made_again_since_is_taken_back_at_once()
    {
        var world = new FakeWorld();
        await using var portal = await TakingBackAsync(world);
        await portal.UntilHeldAsync("second", "shields");
        world.Second.Wanted.Add(new FakeObject("third"));
        world.Second.OnApply = (_, wanted, _) => Task.FromResult<StepOutcome?>(
            wanted.Key == "third" ? new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("wait")) : null);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "wait");
        world.Second.OnRemove = null;

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        var view = await portal.UntilAsync(
            v => v.Run is { Kind: RunKind.Undo, State: RunState.Done } || v.Run!.Waits.Any(w => w.For.Key == "Engine.Propagating"));

        view.Run!.State.ShouldBe(RunState.Done);
        world.Second.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sign_in_that_ends_meanwhile_holds_no_approval_up()
    {
        var world = new FakeWorld();
        var nora = EngineHost.Person("Nora");
        await using var portal = await TakingBackAsync(world, nora);
        await portal.UntilHeldAsync("second", "shields");
        await portal.SignOutAsync(nora);
        await portal.WakeAsync();
        var view = await portal.UntilHeldAsync("second", "Engine.AskerSignIn");

        (await portal.Engine.ApproveAsync(portal.Admin, view.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Apply, State: RunState.Done });
    }

    [Fact]
    public async Task Off_boarding_takes_over_what_still_waits()
    {
        var world = new FakeWorld();
        await using var portal = await TakingBackAsync(world);
        await portal.UntilHeldAsync("second", "shields");

        var plan = await portal.Get<IAftercare>().PlanOffboardingAsync(portal.Admin, default);
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default)).Problem.ShouldBeNull();
        world.Second.OnRemove = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
        world.Steps.ShouldAllBe(s => s.Made.IsEmpty);
    }

    [Fact]
    public async Task What_cannot_be_seen_is_not_said_to_be_taken_back()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Second.IsBlind = true;

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "Cannot be seen");
        world.Second.IsBlind = false;
        await portal.Engine.ResumeAsync(portal.Admin, default);

        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        world.Second.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_found_before_and_after_the_approval_is_known_to_the_undo_although_a_later_reading_failed()
    {
        var world = new FakeWorld();
        var known = new List<string?>();
        world.Second.OnPlanUndo = context => known.AddRange([context.Find("first/object"), context.Find("second/object")]);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.First.ReadFault = new RefusedException("no", new RemoteAnswer("Graph", "Denied", "403", "no", null));
        await portal.Engine.PlanAsync(portal.Admin, "first", default);

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        known.Distinct().ShouldBe(["id of object"]);
    }

    [Fact]
    public async Task A_step_that_makes_nothing_to_take_back_says_so()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());

        (await portal.Engine.UndoAsync(portal.Admin, "aside", default)).Problem!.Key.ShouldBe("Engine.NothingToTakeBack");
        (await portal.Engine.GetUndoScriptAsync(portal.Admin, "aside", withChosen: false, default)).ShouldBeNull();
        (await portal.Engine.GetUndoScriptAsync(portal.Admin, "nothing", withChosen: false, default)).ShouldBeNull();
    }

    [Fact]
    public async Task The_script_is_there_before_anything_was_read_or_made()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());

        var script = (await portal.Engine.GetUndoScriptAsync(portal.Admin, "second", withChosen: false, default)).ShouldNotBeNull();

        script.ShouldContain($"Connect-MicrosoftTeams -TenantId '{EngineHost.Tenant}'");
        script.ShouldContain("Remove-CsGroupPolicyAssignment");
    }

    /// <summary>Everything was made, and of the second step only what shields somebody is still to be taken back.</summary>
    private static async Task<EngineHost> TakingBackAsync(FakeWorld world, Actor? asker = null)
    {
        world.Second.Wanted.Add(new FakeObject("shield"));
        world.Second.OnRemove = key => key == "shield"
            ? new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("shields"), PollAfter: TimeSpan.FromHours(1)) { YieldsToApproval = true }
            : null;
        var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        if (asker is not null)
            await portal.SignInAsync(asker);
        await portal.Engine.UndoAsync(asker ?? portal.Admin, "second", default);
        return portal;
    }

    private sealed record Chosen(string Group)
    {
        public Chosen() : this("") { }
    }
}
