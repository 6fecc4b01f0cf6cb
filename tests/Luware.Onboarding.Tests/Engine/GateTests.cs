using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Nothing that can keep people from calling happens before Luware is ready and a person has typed the number.</summary>
public sealed class GateTests
{
    private const string Action = "make-object";

    [Fact]
    public async Task The_gate_opens_after_the_ready_flag_and_the_typed_number()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();

        var gate = (await portal.UntilHeldAsync("second", "Engine.NotReady")).Run!.Waits.Single().Gate!;
        (gate.ActionKey, gate.People, gate.ReadyFlag).ShouldBe((Action, 40, false));
        gate.TestUsers.ShouldBe(["Ann"]);

        await portal.SetReadyAsync();
        var run = (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!;
        run.Waits.Single().Gate!.ReadyFlag.ShouldBeTrue();
        run.Actions[1].State.ShouldBe(ActionState.Waiting);
        world.Applied.ShouldNotContain("second/object");

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem.ShouldBeNull();
        var view = await portal.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldContain("second/object");
        view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.Confirmed");
    }

    [Fact]
    public async Task The_one_who_tries_it_first_needs_the_ready_flag_and_no_typed_number()
    {
        var world = Risky(40);
        world.Second.Wanted.Insert(0, new FakeObject("trial", People: 1, CanStopCalls: true) { Trial = "Ann" });
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReady");
        world.Applied.ShouldNotContain("second/trial");

        await portal.SetReadyAsync();
        var run = (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!;

        world.Applied.ShouldContain("second/trial");
        world.Applied.ShouldNotContain("second/object");
        run.Waits.Single().Gate!.People.ShouldBe(40);
    }

    [Fact]
    public async Task Whoever_is_named_needs_the_ready_flag_alone_and_one_person_who_is_not_needs_the_typed_one()
    {
        var world = Risky(1);
        world.Second.Wanted.Insert(0, new FakeObject("named", People: 1, CanStopCalls: true) { Named = "Ben" });
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReady");
        world.Applied.ShouldNotContain("second/named");

        await portal.SetReadyAsync();
        var run = (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!;

        world.Applied.ShouldContain("second/named");
        world.Applied.ShouldNotContain("second/object");
        (run.Waits.Single().Gate!.ActionKey, run.Waits.Single().Gate!.People).ShouldBe((Action, 1));
    }

    [Fact]
    public async Task Nothing_that_can_stop_calls_begins_while_the_plan_has_a_question()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReady");
        world.Second.Questions.Add("Who tests first?");

        await portal.SetReadyAsync();

        await portal.UntilHeldAsync("second", "Who tests first?");
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task What_the_run_does_not_stand_before_cannot_be_confirmed_in_advance()
    {
        var world = Risky(40);
        world.Second.Wanted.Insert(0, new FakeObject("other", People: 3, CanStopCalls: true));
        await using var portal = await EngineHost.StartAsync(world);
        var run = await UntilAskedAsync(portal);

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem!.Key.ShouldBe("Engine.NothingToConfirm");
    }

    [Fact]
    public async Task Where_people_cannot_be_counted_the_gate_still_asks_for_the_ready_flag_and_a_person()
    {
        var world = Risky(0);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReadyUncounted");
        await portal.SetReadyAsync();
        var run = (await portal.UntilHeldAsync("second", "Engine.ConfirmUncounted")).Run!;
        world.Applied.ShouldNotContain("second/object");

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 0, default)).Problem.ShouldBeNull();

        (await portal.UntilRunIsAsync(RunState.Done)).Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.ConfirmedUncounted");
    }

    [Fact]
    public async Task A_number_that_was_typed_does_not_open_the_gate_for_people_who_cannot_be_counted()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        var run = await UntilAskedAsync(portal);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { People = 0 };

        await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default);

        await portal.UntilHeldAsync("second", "Engine.ConfirmUncounted");
        world.Applied.ShouldNotContain("second/object");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(400)]
    public async Task A_wrong_number_is_told_the_right_one(int typed)
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        var run = await UntilAskedAsync(portal);

        var decision = await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, typed, default);

        decision.Problem!.Key.ShouldBe("Engine.WrongNumber");
        decision.Problem.Arguments.ShouldBe(["40"]);
    }

    [Fact]
    public async Task Nobody_else_gets_what_a_test_user_has_while_a_test_call_has_not_worked()
    {
        var world = Risky(40);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { TriedBy = "Ann" };
        await using var portal = await EngineHost.StartAsync(world);
        var calls = portal.Get<IAftercare>();
        var run = await UntilAskedAsync(portal);

        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Outside, "policy", worked: true, default);
        var refused = await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default);
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);
        var accepted = await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default);

        (refused.Problem?.Key, accepted.Problem).ShouldBe(("Engine.TestCallStands", null));
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_test_call_with_one_policy_says_nothing_of_another()
    {
        var world = Risky(40);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { TriedBy = "Ann" };
        await using var portal = await EngineHost.StartAsync(world);
        var calls = portal.Get<IAftercare>();
        var run = await UntilAskedAsync(portal);

        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "failclose", worked: false, default);
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "custom", worked: true, default);
        var refused = await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default);

        refused.Problem?.Key.ShouldBe("Engine.TestCallStands");
        (await portal.Engine.ReadAsync(portal.Admin, default))!.TestCalls.Select(c => (c.Policy, c.Worked)).ShouldBe([("failclose", false), ("custom", true)]);
    }

    [Fact]
    public async Task Whoever_is_named_waits_too_while_a_test_call_has_not_worked_and_the_run_goes_on_by_itself()
    {
        var world = Risky(1);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Named = "Ben" };
        await using var portal = await EngineHost.StartAsync(world);
        var calls = portal.Get<IAftercare>();
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await portal.SetReadyAsync();
        await portal.ApproveAsync();

        var wait = (await portal.UntilHeldAsync("second", "Engine.TestCallStands")).Run!.Waits.Single();
        world.Applied.ShouldNotContain("second/object");
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);

        (wait.On, wait.Gate).ShouldBe((WaitsFor.Customer, null));
        await portal.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldContain("second/object");
    }

    [Fact]
    public async Task A_confirmation_of_before_does_not_pass_a_test_call_that_failed_since()
    {
        var world = Risky(40);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { TriedBy = "Ann" };
        await using var portal = await EngineHost.StartAsync(world);
        var calls = portal.Get<IAftercare>();
        await portal.ApproveAsync();
        await ConfirmedAsync(portal);
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await GoOnAsync(portal);

        await portal.UntilHeldAsync("second", "Engine.TestCallStands");
        world.Applied.ShouldNotContain("second/object");
        await calls.RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_test_call_that_did_not_work_holds_no_change_that_nobody_tries_first()
    {
        await using var portal = await EngineHost.StartAsync(Risky(40));
        var run = await UntilAskedAsync(portal);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem.ShouldBeNull("it may be what repairs the call");
    }

    [Fact]
    public async Task A_ready_flag_for_other_recording_applications_opens_no_gate()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        var run = await UntilAskedAsync(portal);

        portal.Regions.RenewApplication();

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem!.Key.ShouldBe("Engine.NotReady");
        await portal.Get<RegionChanges>().CheckAsync(default);
        var gate = (await portal.UntilHeldAsync("second", "Engine.NotReady")).Run!.Waits.Single().Gate!;
        gate.ReadyFlag.ShouldBeFalse();
        await portal.SetReadyAsync();
        await portal.UntilHeldAsync("second", "Engine.ConfirmPeople");
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_group_that_was_chosen_after_the_ready_flag_waits_for_Luware()
    {
        var world = Risky(40);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Group = new AffectedGroup(Guid.NewGuid(), "Traders") };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.SetReadyAsync();
        await portal.ApproveAsync();

        var run = (await portal.UntilHeldAsync("second", "Engine.GroupNotReady")).Run!;
        var wait = run.Waits.Single();
        (wait.On, wait.Gate!.ReadyFlag).ShouldBe((WaitsFor.Luware, false));
        wait.For.Arguments.ShouldBe(["Traders"]);
        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem!.Key.ShouldBe("Engine.GroupNotReady");

        await portal.SetReadyAsync();
        await portal.UntilHeldAsync("second", "Engine.ConfirmPeople");
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_specialist_vouches_for_no_group_that_the_page_did_not_show()
    {
        var world = Risky(40);
        var group = new AffectedGroup(Guid.NewGuid(), "Traders");
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Group = group };
        await using var portal = await EngineHost.StartAsync(world);
        var nina = EngineHost.Specialist();
        await portal.SignInAsync(nina);
        await portal.ApproveAsync();
        var tenant = (await portal.UntilHeldAsync("second", "Engine.NotReady")).Tenant.Id;
        var desk = portal.Get<ISpecialistDesk>();

        (await desk.SetReadyAsync(nina, tenant, ready: true, seen: [], default)).Problem.ShouldBeNull();
        await portal.UntilHeldAsync("second", "Engine.GroupNotReady");

        (await desk.SetReadyAsync(nina, tenant, ready: true, seen: [group.Id], default)).Problem.ShouldBeNull();
        await portal.UntilHeldAsync("second", "Engine.ConfirmPeople");
    }

    [Fact]
    public async Task A_confirmation_of_before_opens_no_gate_while_another_group_takes_the_place_of_the_one_that_Luware_knows()
    {
        var world = Risky(40);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Group = new AffectedGroup(Guid.NewGuid(), "Traders") };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReady");
        await ConfirmedAsync(portal);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Group = new AffectedGroup(Guid.NewGuid(), "Brokers") };
        await GoOnAsync(portal);

        await portal.UntilHeldAsync("second", "Engine.GroupNotReady");
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_confirmation_of_before_opens_no_gate_while_the_ready_flag_is_for_other_recording_applications()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await ConfirmedAsync(portal);
        portal.Regions.RenewApplication();
        await GoOnAsync(portal);

        await portal.UntilHeldAsync("second", "Engine.NotReady");
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_confirmation_of_before_opens_no_gate_for_more_people_although_as_many_were_approved()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        world.Second.Wanted[0] = world.Second.Wanted[0] with { People = 30 };
        await ConfirmedAsync(portal, people: 30);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { People = 40 };
        await GoOnAsync(portal);

        (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!.Waits.Single().For.Arguments.ShouldBe(["40"]);
        world.Applied.ShouldNotContain("second/object");
    }

    [Fact]
    public async Task A_confirmation_of_before_opens_the_gate_for_fewer_people()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await ConfirmedAsync(portal);
        world.Second.Wanted[0] = world.Second.Wanted[0] with { People = 30 };
        await GoOnAsync(portal);

        await portal.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldContain("second/object");
    }

    [Fact]
    public async Task A_confirmation_before_the_ready_flag_is_refused()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var run = (await portal.UntilHeldAsync("second", "Engine.NotReady")).Run!;

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 40, default)).Problem!.Key.ShouldBe("Engine.NotReady");
    }

    [Fact]
    public async Task A_confirmation_of_a_run_that_is_over_is_refused()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var run = (await portal.UntilRunIsAsync(RunState.Done)).Run!;

        (await portal.Engine.ConfirmAsync(portal.Admin, run.Id, "second", Action, 0, default)).Problem!.Key.ShouldBe("Engine.NothingToConfirm");
    }

    [Fact]
    public async Task A_ready_flag_that_is_withdrawn_closes_the_gate_again()
    {
        var world = Risky(40);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.ConfirmPeople");

        await portal.Get<ITenants>().SetReadyAsync(EngineHost.Tenant, ready: false, "Lu", default);

        await portal.UntilHeldAsync("second", "Engine.NotReady");
    }

    [Fact]
    public async Task The_ready_flag_of_a_stranger_is_refused()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());

        (await portal.Get<ITenants>().SetReadyAsync(Guid.NewGuid(), ready: true, "Lu", default)).ShouldBeFalse();
    }

    private static async Task<RunView> UntilAskedAsync(EngineHost portal)
    {
        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        return (await portal.UntilHeldAsync("second", "Engine.ConfirmPeople")).Run!;
    }

    /// <summary>Sets the ready flag of an approved plan and types the number, while the switch keeps the run from acting.</summary>
    private static async Task ConfirmedAsync(EngineHost portal, int people = 40)
    {
        await portal.SetReadyAsync();
        var asked = await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Gate is { ReadyFlag: true } gate && gate.People == people));
        portal.Set("Safety:NoWrites", "true");
        (await portal.Engine.ConfirmAsync(portal.Admin, asked.Run!.Id, "second", Action, people, default)).Problem.ShouldBeNull();
        await portal.UntilHeldAsync("second", "Engine.WritesStopped");
    }

    private static Task GoOnAsync(EngineHost portal)
    {
        portal.Set("Safety:NoWrites", "false");
        return portal.WakeAsync();
    }

    private static FakeWorld Risky(int people)
    {
        var world = new FakeWorld();
        world.Second.Wanted[0] = new FakeObject("object", People: people, CanStopCalls: true);
        return world;
    }
}
