using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>The way from a plan to a verified tenant.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task An_approved_plan_is_applied_in_order_and_verified_by_reading_back()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified && s.VerifiedAt != null);
        view.Run!.Actions.ShouldAllBe(a => a.State == ActionState.Done && a.Took != null);
        view.Run.Before.ShouldAllBe(b => b.State == ObjectState.Missing);
        view.Run.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.RunDone");
        view.Digest.ShouldBeNull();
    }

    [Fact]
    public async Task What_a_step_found_is_known_to_the_next()
    {
        var world = new FakeWorld();
        string? seen = null;
        world.Second.OnApply = (context, _, _) =>
        {
            seen = context.Find("first/object");
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        seen.ShouldBe("id of object");
    }

    [Fact]
    public async Task Whatever_a_run_asks_of_others_it_asks_under_its_own_id()
    {
        var world = new FakeWorld();
        var (applied, read) = (Guid.Empty, Guid.Empty);
        world.First.OnApply = async (_, _, _) =>
        {
            await Task.Yield();
            applied = Correlation.OfNextCall();
            return null;
        };
        world.Second.OnRead = _ => read = Correlation.OfNextCall();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var ofReading = read;

        var view = await portal.UntilRunIsAsync(RunState.Done);

        (applied, read).ShouldBe((view.Run!.Id, view.Run.Id));
        ofReading.ShouldNotBe(view.Run.Id);
        Correlation.OfNextCall().ShouldNotBe(Correlation.OfNextCall(), "outside of runs each call has its own");
    }

    [Fact]
    public async Task What_is_there_already_is_adopted()
    {
        var world = new FakeWorld();
        world.First.Made["object"] = true;
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["second/object", "aside/object"]);
    }

    [Fact]
    public async Task What_somebody_made_by_hand_after_the_approval_is_not_made_again()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) =>
        {
            world.Second.Made["object"] = true;
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldNotContain("second/object");
        view.Run!.Actions.ShouldAllBe(a => a.State == ActionState.Done);
    }

    [Theory]
    [InlineData("something else", 0, false)]
    [InlineData("as agreed", 1, false)]
    [InlineData("as agreed", 0, true)]
    public async Task Approving_another_plan_than_the_one_shown_is_refused(string essence, int people, bool canStopCalls)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var shown = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;
        world.First.Wanted[0] = new FakeObject("object", essence, people, canStopCalls);
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var decision = await portal.Engine.ApproveAsync(portal.Admin, shown, default);

        decision.Problem!.Key.ShouldBe("Engine.PlanOutdated");
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task A_double_click_is_one_run()
    {
        var world = new FakeWorld();
        var held = world.First.HoldApply();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var digest = (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest!;

        var decisions = await Task.WhenAll(
            portal.Engine.ApproveAsync(portal.Admin, digest, default), portal.Engine.ApproveAsync(portal.Admin, digest, default));
        held.GoOn();
        await portal.UntilRunIsAsync(RunState.Done);

        decisions.ShouldAllBe(d => d.IsAccepted);
        world.Applied.Count(a => a == "first/object").ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_another_approval_replaces_says_so_in_the_journal_and_in_the_audit()
    {
        var world = new FakeWorld();
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        var replaced = (await portal.UntilHeldAsync("first", "wait")).Run!.Id;

        world.Second.Wanted[0] = new FakeObject("object", Essence: "something else");
        await portal.ApproveAsync();

        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
        (await db.Runs.SingleAsync(r => r.Id == replaced)).State.ShouldBe(RunState.Replaced);
        (await db.Journal.SingleAsync(e => e.Kind == JournalKind.Replaced)).RunId.ShouldBe(replaced);
        var entry = await db.Audit.SingleAsync(e => e.Kind == nameof(JournalKind.Replaced));
        JsonDocument.Parse(entry.DataJson).RootElement.GetProperty("run").GetGuid().ShouldBe(replaced);
        (await portal.Get<AuditVerifier>().VerifyAsync(tenant, [], default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_that_can_follow_holds_no_approval_back_and_is_waited_for_after_the_others()
    {
        var world = new FakeWorld();
        world.Aside.CanFollow = true;
        world.Aside.Questions.Add("Which one?");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();

        var view = await portal.UntilHeldAsync("aside", "Which one?");
        view.Run!.Waits.Single().Link!.ToString().ShouldBe("/onboarding/aside");
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Verified, StepStatus.WaitingOnCustomer]);
    }

    [Fact]
    public async Task A_question_of_any_other_step_holds_the_approval_back()
    {
        var world = new FakeWorld();
        world.Aside.Questions.Add("Which one?");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldBeNull();
    }

    [Theory]
    [InlineData("second")]
    [InlineData("first")]
    public async Task What_is_still_to_be_done_after_a_new_choice_is_planned_and_no_drift(string chosen)
    {
        var world = new FakeWorld();
        world.First.Made["object"] = world.Second.Made["object"] = true;
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1].Status.ShouldBe(StepStatus.Verified);

        await portal.Engine.ChooseAsync(portal.Admin, chosen, new FakeWish { Acknowledged = true }, default);
        world.Second.Made.Clear();
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps[1].ShouldSatisfyAllConditions(
            s => s.Status.ShouldBe(StepStatus.Ready), s => s.VerifiedAt.ShouldNotBeNull(), s => s.CanUndo.ShouldBeTrue());
    }

    [Fact]
    public async Task A_verified_tenant_that_has_drifted_says_so_and_can_be_repaired()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Second.Made.Clear();

        await portal.Engine.PlanAsync(portal.Admin, "second", default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Steps.Single(s => s.Step == "second").Status.ShouldBe(StepStatus.ChangedSinceVerified);
        await portal.ApproveAsync();
        await portal.UntilAsync(v => v is { Run.State: RunState.Done, Digest: null });

        world.Applied.Count(a => a == "second/object").ShouldBe(2);
    }
}
