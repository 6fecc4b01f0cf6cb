using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

/// <summary>The stored summary matches the steps and the run after every save, with the real engine.</summary>
public sealed class SummaryTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private EngineHost portal = null!;

    private IDbContextFactory<PortalDbContext> Contexts => portal.Get<IDbContextFactory<PortalDbContext>>();

    public async ValueTask InitializeAsync() => portal = await EngineHost.StartAsync(world);

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_tenant_that_was_just_added_waits_for_its_invitation()
    {
        var summary = await ReadAsync();

        (summary.Name, summary.NameKey, summary.Status, summary.Waits, summary.Verified, summary.IsStuck)
            .ShouldBe(("Contoso", "contoso", StepStatus.NotStarted, WaitsFor.Luware, 0, false));
        summary.Steps.ShouldBeGreaterThan(0);
        Key(summary.WhyJson).ShouldBe("Standing.NotInvited");
    }

    [Fact]
    public async Task It_follows_a_run_from_the_plan_to_verified()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var planned = await ReadAsync();
        (planned.Status, planned.Waits, Key(planned.WhyJson)).ShouldBe((StepStatus.Ready, WaitsFor.Customer, "Standing.ToApprove"));

        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        var done = await ReadAsync();
        (done.Status, done.Waits, done.AtStep, done.IdleSince, done.Ready).ShouldBe((StepStatus.Verified, null, null, null, true));
        done.Verified.ShouldBe(done.Steps);
        done.LastActivityAt.ShouldBeGreaterThan(planned.LastActivityAt);
    }

    [Fact]
    public async Task Who_holds_a_step_is_said_with_the_reason_and_since_when()
    {
        world.Second.OnApply = (_, _, _) => Task.FromResult<StepOutcome?>(new StepOutcome.Refused(new FakeRefusal()));
        await portal.ApproveAsync();
        await portal.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Refusal is not null));

        var summary = await ReadAsync();

        (summary.Status, summary.Waits, summary.Who, summary.IsStuck).ShouldBe((StepStatus.WaitingOnCustomer, WaitsFor.Customer, "Ada", true));
        (Key(summary.WhyJson), Key(summary.NextJson)).ShouldBe(("W", "F"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_test_call_that_did_not_work_waits_for_Luware_until_one_does(bool isAtGate)
    {
        if (isAtGate)
            world.Second.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true) { TriedBy = "Ann" };
        await portal.SetReadyAsync();
        await portal.ApproveAsync();
        await (isAtGate ? portal.UntilHeldAsync("second", "Engine.ConfirmPeople") : portal.UntilRunIsAsync(RunState.Done));
        var before = await ReadAsync();

        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        var failed = await ReadAsync();
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, default);

        (failed.Status, failed.Waits, failed.IsStuck, Key(failed.WhyJson), failed.NextJson)
            .ShouldBe((StepStatus.WaitingOnLuware, WaitsFor.Luware, true, "Standing.CallFailed", null));
        failed.IdleSince.ShouldNotBeNull();
        var worked = await ReadAsync();
        (worked.Status, worked.Waits, worked.IsStuck).ShouldBe((before.Status, before.Waits, false));
    }

    [Fact]
    public async Task What_is_taken_back_waits_for_Luware_to_ask_why_until_the_plan_is_approved_again()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);

        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        var undone = await ReadAsync();
        (undone.Status, undone.Waits, undone.IsStuck, Key(undone.WhyJson)).ShouldBe((StepStatus.WaitingOnLuware, WaitsFor.Luware, false, "Standing.TakenBack"));
        await portal.ApproveAsync();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Apply, State: RunState.Done });
        (await ReadAsync()).Status.ShouldBe(StepStatus.Verified);
    }

    [Fact]
    public async Task Who_takes_back_names_itself_whom_it_waits_for_also_after_a_failed_call()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        var nora = EngineHost.Person("Nora");
        world.RolesOf[nora.Access.PersonId] = [FakeWorld.LesserRole];
        await portal.SignInAsync(nora);

        await portal.Engine.UndoAsync(nora, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");

        (await ReadAsync()).Waits.ShouldBe(WaitsFor.Customer);
    }

    [Fact]
    public async Task Where_recording_was_ended_nobody_is_waited_for_and_no_progress_is_missed()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var aftercare = portal.Get<IAftercare>();

        await aftercare.OffboardAsync(portal.Admin, await aftercare.PlanOffboardingAsync(portal.Admin, default), default);
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Offboard, State: RunState.Done });

        var ended = await ReadAsync();
        (ended.Status, ended.Waits, ended.Who, ended.IsStuck, Key(ended.WhyJson), ended.IdleSince)
            .ShouldBe((StepStatus.NotStarted, null, null, false, "Standing.Ended", null));
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await ReadAsync()).Waits.ShouldBeNull("reading the tenant sets nothing up again");
    }

    [Fact]
    public async Task What_is_missing_or_of_an_older_rule_is_made_while_the_portal_serves()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var before = await ReadAsync();
        await using (var db = await Contexts.OpenAsync(before.Id, default))
        {
            await db.Summaries.ExecuteDeleteAsync();
            await db.Words.ExecuteDeleteAsync();
        }

        await portal.Get<Summaries>().FillAsync(default);

        var after = await ReadAsync();
        (after.Status, after.Verified, after.Steps, after.Name, after.LastActivityAt)
            .ShouldBe((before.Status, before.Verified, before.Steps, before.Name, before.LastActivityAt));
        await using var look = await Contexts.OpenAsync(before.Id, default);
        (await look.Words.Select(w => w.Text).ToListAsync()).ShouldContain("contoso");

        await look.Summaries.ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, 0).SetProperty(s => s.Status, StepStatus.Failed));
        await portal.Get<Summaries>().FillAsync(default);
        (await ReadAsync()).Status.ShouldBe(before.Status);
    }

    [Fact]
    public async Task Words_keep_the_order_of_the_name_also_where_an_older_portal_has_changed_it()
    {
        var id = (await ReadAsync()).Id;
        await Contexts.ChangeAsync(id, async db => (await db.Tenants.SingleAsync(t => t.Id == id)).Name = "Contoso Zürich", default);
        (await KeysAsync(id)).ShouldBe(["contoso zurich"]);

        await using (var old = await Contexts.OpenAsync(id, default))
        {
            await old.Words.ExecuteUpdateAsync(set => set.SetProperty(w => w.NameKey, ""));
            await old.Summaries.ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, SummaryKeeper.Rule - 1));
        }

        await portal.Get<Summaries>().FillAsync(default);

        (await KeysAsync(id)).ShouldBe(["contoso zurich"]);
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_summed_up_keeps_nobody_else_waiting()
    {
        var broken = (await ReadAsync()).Id;
        await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Fabrikam", "MTCH", default);
        await using var db = await Contexts.OpenAsync(broken, default);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await db.Steps.ExecuteUpdateAsync(set => set.SetProperty(s => s.DetailJson, "no JSON"));
        await db.Summaries.AcrossTenants().ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, 0));

        (await portal.Get<Summaries>().FillAsync(default)).ShouldBeFalse();

        (await db.Summaries.AcrossTenants().AsNoTracking().ToDictionaryAsync(s => s.Name, s => s.Rule == SummaryKeeper.Rule)).ShouldBe(
            new Dictionary<string, bool>(StringComparer.Ordinal) { ["Contoso"] = false, ["Fabrikam"] = true }, ignoreOrder: true);
    }

    [Fact]
    public async Task An_invitation_that_expires_is_said_to_have_although_nobody_touches_the_tenant()
    {
        var nina = EngineHost.Specialist();
        await portal.SignInAsync(nina);
        var id = (await ReadAsync()).Id;
        var invitation = await portal.Get<ISpecialistDesk>().InviteAsync(nina, id, default);
        var open = await ReadAsync();
        (Key(open.WhyJson), open.Waits).ShouldBe(("Standing.Invited", WaitsFor.Customer));
        open.DueAt!.Value.ShouldBe(invitation.ExpiresAt, TimeSpan.FromMilliseconds(1));
        (await portal.Get<Summaries>().RenewAsync(default)).ShouldBe(0);

        await LetTimePassAsync(id);
        await LookAsync();

        var expired = await ReadAsync();
        (Key(expired.WhyJson), expired.Waits, expired.DueAt).ShouldBe(("Standing.InvitationExpired", WaitsFor.Luware, null));
        (await portal.Get<Summaries>().RenewAsync(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Since_when_begins_anew_with_the_invitation_and_with_its_end_which_other_portals_cockpits_see()
    {
        var (nina, feed) = (EngineHost.Specialist(), new RunFeed());
        await portal.SignInAsync(nina);
        var id = (await ReadAsync()).Id;
        var past = await AgeAsync(id);
        await portal.Get<ISpecialistDesk>().InviteAsync(nina, id, default);
        (await ReadAsync()).Since.ShouldBeGreaterThan(past);
        past = await AgeAsync(id);
        using var watch = new ReplicaWatch(Contexts, feed, TimeProvider.System, NullLogger<ReplicaWatch>.Instance);
        await using var pulses = feed.FollowAsync(null, default).GetAsyncEnumerator();
        await pulses.MoveNextAsync();
        await watch.RunOnceAsync(default);
        await pulses.MoveNextAsync();

        await LetTimePassAsync(id);
        await portal.Get<Summaries>().RenewAsync(default);
        await watch.RunOnceAsync(default);

        (await ReadAsync()).Since.ShouldBeGreaterThan(past);
        (await pulses.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_step_whose_colleagues_link_expires_waits_for_its_sender_again()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var (links, bob) = (portal.Get<IColleagueLinks>(), Guid.NewGuid());
        var door = (await links.FindAsync((await links.HandAsync(portal.Admin, "first", default)).Secret!, default))!;
        await links.AcceptAsync(door.LinkId, new LinkHolder(EngineHost.Tenant, bob), default);
        var handed = await ReadAsync();
        (handed.Who, Key(handed.WhyJson)).ShouldBe(($"{bob}", "Standing.ToApprove"));

        await LetTimePassAsync(handed.Id);
        await LookAsync();

        var expired = await ReadAsync();
        (expired.Who, Key(expired.WhyJson)).ShouldBe(("Ada", "Standing.LinkExpired"));
    }

    [Fact]
    public async Task Many_who_change_different_steps_at_once_leave_the_summary_of_all_of_them()
    {
        var id = (await ReadAsync()).Id;
        string[] steps = ["a", "b", "c", "d"];

        await Task.WhenAll(steps.Select(step => Contexts.ChangeAsync(id, db =>
        {
            var record = new StepRecord { TenantId = id, Step = step };
            record.Move(StepStatus.Verified, null);
            db.Steps.Add(record);
            return Task.CompletedTask;
        }, default)));

        (await ReadAsync()).Verified.ShouldBe(4);
    }

    private async Task<List<string>> KeysAsync(Guid tenantId)
    {
        await using var db = await Contexts.OpenAsync(tenantId, default);
        return await db.Words.Select(w => w.NameKey).Distinct().ToListAsync();
    }

    private static string? Key(string? json) => EngineJson.ReadSentence(json)?.Key;

    /// <summary>Makes everything that can expire appear old.</summary>
    private async Task LetTimePassAsync(Guid tenantId)
    {
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        await using var db = await Contexts.OpenAsync(tenantId, default);
        await db.Invitations.ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, past));
        await db.ColleagueLinks.ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAt, past));
        await db.Summaries.ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, past));
    }

    /// <summary>Makes the tenant appear to have stood still for eight weeks.</summary>
    /// <returns>Since when.</returns>
    private async Task<DateTimeOffset> AgeAsync(Guid tenantId)
    {
        var past = TimeProvider.System.GetUtcNow().AddDays(-56);
        await using var db = await Contexts.OpenAsync(tenantId, default);
        await db.Summaries.ExecuteUpdateAsync(set => set.SetProperty(s => s.Since, past).SetProperty(s => s.LastActivityAt, past));
        return past;
    }

    private Task LookAsync() => portal.Get<IEnumerable<IHostedService>>().OfType<SummaryWatch>().Single().RunOnceAsync(default);

    private async Task<TenantSummary> ReadAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Summaries.AcrossTenants().AsNoTracking().SingleAsync();
    }
}
