using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

/// <summary>The stored summary says what the steps and the run say, after every save, over the real engine.</summary>
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

        (summary.Name, summary.NameKey, summary.Status, summary.Waits, summary.Verified, summary.IsStuck).ShouldBe(("Contoso", "contoso", StepStatus.NotStarted, WaitsFor.Luware, 0, false));
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

    [Fact]
    public async Task What_is_missing_or_of_an_older_rule_is_made_at_start()
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
        (after.Status, after.Verified, after.Steps, after.Name, after.LastActivityAt).ShouldBe((before.Status, before.Verified, before.Steps, before.Name, before.LastActivityAt));
        await using var look = await Contexts.OpenAsync(before.Id, default);
        (await look.Words.Select(w => w.Text).ToListAsync()).ShouldContain("contoso");

        await look.Summaries.ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, 0).SetProperty(s => s.Status, StepStatus.Failed));
        await portal.Get<Summaries>().FillAsync(default);
        (await ReadAsync()).Status.ShouldBe(before.Status);
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

    private static string? Key(string? json) => EngineJson.ReadSentence(json)?.Key;

    private async Task<TenantSummary> ReadAsync()
    {
        await using var db = await Contexts.CreateDbContextAsync();
        return await db.Summaries.AcrossTenants().AsNoTracking().SingleAsync();
    }
}
