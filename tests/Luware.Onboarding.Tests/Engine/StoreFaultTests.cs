using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Texts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>The database is away for a moment while a run is at work.</summary>
public sealed class StoreFaultTests
{
    [Fact]
    public async Task A_token_that_cannot_be_read_for_a_moment_fails_no_step()
    {
        var world = new FakeWorld();
        var (reads, acts) = (0, 0);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        world.First.OnRead = context =>
        {
            if (++reads == 1)
                throw new RetryLimitExceededException("out of reach");
        };
        world.Second.OnApply = (_, _, _) => ++acts == 1
            ? throw new DbUpdateException("not saved", new SqliteException("busy", 5))
            : Task.FromResult<StepOutcome?>(null);
        var view = (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull();

        (await portal.Engine.ApproveAsync(portal.Admin, view.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        view = await portal.UntilAsync(v => v.Run is { State: RunState.Done or RunState.Failed });

        view.Run!.State.ShouldBe(RunState.Done);
        view.Run.Transcript.Count(l => l.Text.Key == "Engine.RunDone").ShouldBe(1);
        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);
        (reads, acts).ShouldBe((3, 2));
    }

    [Fact]
    public async Task A_run_whose_journal_is_out_of_reach_waits_and_makes_nothing_twice_while_a_page_follows_it()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var contexts = portal.Get<IDbContextFactory<PortalDbContext>>();
        var cut = new TaskCompletionSource();
        world.First.OnApply = async (_, _, _) =>
        {
            await portal.Database.RenameAsync("Journal", "Away");
            cut.SetResult();
            return null;
        };
        await portal.ApproveAsync();
        var followed = portal.UntilRunIsAsync(RunState.Done);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var state = RunState.Running;
        for (; state == RunState.Running; state = await StateAsync())
            await Task.Delay(5, limit.Token);
        state.ShouldBe(RunState.Waiting);
        await portal.Database.RenameAsync("Away", "Journal");

        (await followed).Run!.Transcript.Count(l => l.Text.Key == "Engine.RunDone").ShouldBe(1);
        world.Applied.ShouldBe(["first/object", "second/object", "aside/object"]);

        async Task<RunState> StateAsync()
        {
            await using var db = await contexts.CreateDbContextAsync();
            return (await db.Runs.AcrossTenants().AsNoTracking().SingleAsync()).State;
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_no_passing_fault_and_fails_the_run()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new DbUpdateException("not saved", new SqliteException("FOREIGN KEY constraint failed", 19));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();

        await portal.UntilRunIsAsync(RunState.Failed);
        world.First.Made.ShouldBeEmpty();
    }

    [Fact]
    public void A_call_into_the_world_that_took_too_long_is_no_fault_of_the_database()
    {
        StoreFaults.IsPassing(new TaskCanceledException("late", new TimeoutException())).ShouldBeFalse();
        StoreFaults.IsPassing(new InvalidOperationException("bug")).ShouldBeFalse();
        StoreFaults.IsPassing(new DbUpdateConcurrencyException("changed")).ShouldBeFalse();
        StoreFaults.IsPassing(new InvalidOperationException("transient", new Npgsql.NpgsqlException("gone"))).ShouldBeTrue();
        StoreFaults.IsPassing(new TimeoutException()).ShouldBeTrue();
    }
}
