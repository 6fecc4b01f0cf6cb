using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

public sealed class OffboardingTests
{
    [Fact]
    public async Task Everything_is_taken_back_and_what_others_rest_on_last()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);

        var plan = await PlanAsync(portal);
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default)).Problem.ShouldBeNull();
        var view = await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });

        plan.Steps.Select(p => p.Step).ShouldBe(["aside", "second", "first"]);
        world.Applied.Skip(3).ShouldBe(["aside/remove-object", "second/remove-object", "first/remove-object"]);
        view.Run!.Actions.ShouldAllBe(a => a.State == ActionState.Done);
        view.Run.Offboarding.Select(p => p.Step).ShouldBe(["aside", "second", "first"]);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Ready && s.VerifiedAt == null && !s.CanUndo);
    }

    [Fact]
    public async Task Nothing_is_taken_back_before_what_rests_on_it_is_gone()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        world.Second.IsBlind = true;

        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default);
        await portal.UntilHeldAsync("second", "Cannot be seen");

        world.First.Made.ShouldNotBeEmpty();
        world.Second.IsBlind = false;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
        world.Applied.Skip(3).ShouldBe(["aside/remove-object", "second/remove-object", "first/remove-object"]);
    }

    [Fact]
    public async Task What_was_taken_back_is_not_looked_for_again_when_the_rest_goes_on_later()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        world.First.IsBlind = true;
        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default);
        await portal.UntilHeldAsync("first", "Cannot be seen");

        // Somebody has made it again meanwhile: that is theirs.
        world.Second.Made["object"] = true;
        world.First.IsBlind = false;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });

        world.Second.Made.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_the_plan_says_to_stay_holds_nothing_up_and_what_it_did_not_say_does()
    {
        var world = new FakeWorld();
        world.Second.Staying.Add("theirs");
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        world.First.Staying.Add("news");

        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default);
        await portal.UntilHeldAsync("first", "Stays");

        world.Second.Made.ShouldBeEmpty();
        world.First.Staying.Clear();
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
    }

    [Fact]
    public async Task An_action_that_was_not_in_the_plan_stops_and_asks()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        world.Second.Made["another"] = true;
        world.Second.Made.TryRemove("object", out _);

        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default);
        var view = await portal.UntilHeldAsync("second", "Engine.PlanChanged");

        view.Run!.Waits.Single(w => w.Step == "second").Link!.ToString().ShouldBe("/offboarding");
        world.Second.Made.ShouldContainKey("another");
        world.First.Made.ShouldNotBeEmpty();

        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, await PlanAsync(portal), default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
        world.Second.Made.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_plan_with_something_unread_or_with_nothing_to_take_back_starts_nothing()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        world.Second.UndoFault = new RefusedException("no", new RemoteAnswer("Teams", "Denied", "403", "no", null));
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, await PlanAsync(portal), default)).Problem!.Key.ShouldBe("Engine.OffboardingUnread");

        world.Second.UndoFault = null;
        foreach (var step in world.Steps)
            step.Made.Clear();
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, await PlanAsync(portal), default)).Problem!.Key.ShouldBe("Engine.NothingToTakeBack");
    }

    [Fact]
    public async Task A_crash_in_the_middle_is_gone_on_from_and_nothing_is_taken_back_twice()
    {
        var world = new FakeWorld();
        await using var own = await OwnDatabase.CreateAsync();
        var dead = await OnboardedAsync(world, own);
        var plan = await PlanAsync(dead);
        var held = new HeldCall();
        world.Second.WhileRemoved = held.WaitAsync;
        await dead.Get<IAftercare>().OffboardAsync(dead.Admin, plan, default);
        await held.ReachedAsync();
        await dead.DieAsync();
        world.Second.WhileRemoved = null;

        await using (var portal = await EngineHost.StartAsync(world, own, dead.Admin))
        {
            await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });
            world.Applied.Skip(3).ShouldBe(["aside/remove-object", "second/remove-object", "first/remove-object"]);
        }

        held.GoOn();
        await dead.DisposeAsync();
    }

    [Fact]
    public async Task Ungrant_goes_before_an_offboarding_that_waits_and_no_onboarding_begins_beside_it()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        world.Aside.IsBlind = true;
        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default);
        var held = await portal.UntilHeldAsync("aside", "Cannot be seen");
        held.Digest.ShouldBeNull();
        (await portal.Engine.ApproveAsync(portal.Admin, "any", default)).Problem!.Key.ShouldBe("Engine.UndoFirst");

        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
        world.First.Made.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Each_step_is_taken_back_with_the_choices_it_was_made_with()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.ChooseAsync(portal.Admin, "second", new Chosen("group G"), default);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Engine.ChooseAsync(portal.Admin, "second", new Chosen("group H"), default);
        var contexts = new List<StepContext>();
        world.Second.OnPlanUndo = contexts.Add;

        await portal.Get<IAftercare>().OffboardAsync(portal.Admin, await PlanAsync(portal), default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });

        contexts.Count.ShouldBeGreaterThan(1);
        contexts.ShouldAllBe(c => c.Choices.Get<Chosen>("second").Group == "group G" && c.Find("first/object") == "id of object");
    }

    [Fact]
    public async Task Without_its_region_nothing_is_taken_back_and_a_person_learns_what_was_made_in_which_order_and_whom_to_ask()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await db.Tenants.ExecuteUpdateAsync(set => set.SetProperty(t => t.Region, "MTXX"));

        var plan = await PlanAsync(portal);

        (plan.Obstacle!.Key, plan.Obstacle.Arguments[0]).ShouldBe(("Engine.OffboardingRegionGone", "MTXX"));
        plan.Steps.Select(s => s.Step).ShouldBe(["aside", "second", "first"]);
        plan.Steps.ShouldAllBe(s => s.Objects.Count == 1 && OffboardingPlan.Stays(s.Objects[0]));
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default)).Problem!.Key.ShouldBe("Engine.OffboardingRegionGone");
        world.Second.Made.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Nobody_but_a_worker_of_the_tenant_sees_or_starts_it()
    {
        var world = new FakeWorld();
        await using var portal = await OnboardedAsync(world);
        var plan = await PlanAsync(portal);
        var reader = EngineHost.Person("Rita", roles: Guid.NewGuid());
        await portal.SignInAsync(reader);

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Get<IAftercare>().PlanOffboardingAsync(reader, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(
            () => portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan with { EntraTenantId = Guid.NewGuid() }, default));
        world.Roles = [];
        (await portal.Get<IAftercare>().OffboardAsync(portal.Admin, plan, default)).Problem!.Key.ShouldBe("Engine.RoleMissing.What");
    }

    private static async Task<EngineHost> OnboardedAsync(FakeWorld world, OwnDatabase? own = null)
    {
        var portal = own is null ? await EngineHost.StartAsync(world) : await EngineHost.StartAsync(world, own);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        return portal;
    }

    private static Task<OffboardingPlan> PlanAsync(EngineHost portal) => portal.Get<IAftercare>().PlanOffboardingAsync(portal.Admin, default);

    private sealed record Chosen(string Group)
    {
        public Chosen() : this("") { }
    }
}
