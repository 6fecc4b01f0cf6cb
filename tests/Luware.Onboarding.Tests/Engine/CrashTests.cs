using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A second portal on the same file stands for the one that is started after a crash; the first is never told.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_run_that_was_cut_off_in_an_action_goes_on_after_the_restart_and_makes_nothing_twice()
    {
        var world = new FakeWorld();
        var held = new HeldCall();
        world.Second.OnApply = async (_, wanted, _) =>
        {
            world.Applied.Enqueue("second/object");
            world.Second.Made[wanted.Key] = true;
            await held.WaitAsync();
            return new StepOutcome.Done();
        };
        await using var own = await OwnDatabase.CreateAsync();
        var dead = await EngineHost.StartAsync(world, own);
        await dead.ApproveAsync();
        await held.ReachedAsync();
        await dead.DieAsync();

        await using (var portal = await EngineHost.StartAsync(world, own, dead.Admin))
        {
            var view = await portal.UntilRunIsAsync(RunState.Done);
            view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.Recovered");
        }

        held.GoOn();
        await dead.DisposeAsync();
        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
    }

    [Fact]
    public async Task A_waiting_run_is_a_row_that_a_restart_does_not_lose()
    {
        var world = new FakeWorld { Roles = [FakeWorld.LesserRole] };
        await using var own = await OwnDatabase.CreateAsync();
        var before = await EngineHost.StartAsync(world, own);
        await before.ApproveAsync();
        await before.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        await before.DisposeAsync();

        world.Roles = [FakeWorld.Role];
        await using var portal = await EngineHost.StartAsync(world, own, before.Admin);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.State.ShouldBe(RunState.Waiting);

        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_firing_that_comes_too_early_has_the_run_woken_when_it_wants_to_be()
    {
        var world = new FakeWorld();
        world.First.Propagating = true;
        var tenant = Guid.Empty;
        world.First.OnRead = context => tenant = context.Tenant.Id;
        await using var portal = await EngineHost.StartAsync(world, settings: [("Engine:FirstPoll", "00:10:00"), ("Engine:LastPoll", "00:10:00")]);
        await portal.ApproveAsync();
        var run = (await portal.UntilHeldAsync("first", "Engine.Propagating")).Run!;
        await using var scope = portal.Get<IServiceScopeFactory>().CreateAsyncScope();

        var wakeAt = await scope.ServiceProvider.GetRequiredService<RunExecutor>().ExecuteAsync(tenant, run.Id, default);

        wakeAt.ShouldNotBeNull().ShouldBe(run.Waits.Single(w => w.Step == "first").NextReading!.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_pass_whose_run_another_has_taken_up_ends_what_it_has_in_hand()
    {
        var world = new FakeWorld();
        var (held, cutOff) = (new HeldCall(), new TaskCompletionSource());
        world.First.OnApply = async (_, _, cancellation) =>
        {
            world.First.OnApply = null;
            try
            {
                await held.HangAsync(cancellation);
                return null;
            }
            finally
            {
                cutOff.SetResult();
            }
        };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await held.ReachedAsync();
        var tenant = (await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id;

        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default))
            await db.Runs.ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, r => r.Attempts + 1));
        portal.Get<RunFeed>().Publish(tenant);

        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_step_is_never_verified_without_the_line_that_says_so()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        var isCutOff = 0;
        world.OnSaved = db =>
        {
            var isVerified = db.ChangeTracker.Entries<StepRecord>().Any(e => e.Entity is { Step: "aside", Status: StepStatus.Verified });
            if (isVerified && Interlocked.Exchange(ref isCutOff, 1) == 0)
                throw new TimeoutException("The database was out of reach right after this save.");
        };

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        isCutOff.ShouldBe(1);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        (await db.Journal.CountAsync(e => e.Step == "aside" && e.Kind == JournalKind.StepVerified)).ShouldBe(1);
    }

    [Fact]
    public async Task A_portal_that_is_about_to_stop_does_not_take_a_run_up_again_and_again()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        world.First.OnApply = (_, _, _) =>
        {
            portal.Get<IHostApplicationLifetime>().StopApplication();
            return Task.FromResult<StepOutcome?>(null);
        };
        await portal.ApproveAsync();
        var run = (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!;
        var (scheduler, trigger) = (await portal.Get<ISchedulerFactory>().GetScheduler(), new TriggerKey($"{run.Id}", "runs"));
        var begun = TimeProvider.System.GetUtcNow();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        DateTimeOffset? next = null;
        // Until the action the trigger is still the one of the first firing.
        while (world.Applied.IsEmpty)
            await Task.Delay(5, limit.Token);
        while (next is null)
        {
            await Task.Delay(5, limit.Token);
            next = (await scheduler.GetTrigger(trigger, limit.Token))?.NextFireTimeUtc;
        }

        next.Value.ShouldBeGreaterThan(begun.AddSeconds(4));
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.Runs.AcrossTenants().SingleAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(RunState.Waiting), r => r.Attempts.ShouldBe(1));
    }

    [Fact]
    public async Task A_portal_that_is_stopped_lets_the_action_in_hand_finish_and_goes_on_after_the_start()
    {
        var world = new FakeWorld();
        var held = world.First.HoldApply();
        await using var own = await OwnDatabase.CreateAsync();
        var before = await EngineHost.StartAsync(world, own);
        await before.ApproveAsync();
        await held.ReachedAsync();
        var stopping = before.DisposeAsync();
        held.GoOn();
        await stopping;
        world.Applied.ShouldBe(["first/object"]);

        await using var portal = await EngineHost.StartAsync(world, own, before.Admin);
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
    }
}
