using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Several portals on one database server.</summary>
public abstract class ReplicaTests(DatabaseProvider provider) : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private OwnDatabase own = null!;
    private EngineHost one = null!;
    private EngineHost other = null!;

    public async ValueTask InitializeAsync()
    {
        own = await OwnDatabase.CreateAsync(provider);
        one = await EngineHost.StartAsync(world, own);
        other = await EngineHost.StartAsync(world, own, one.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await (one?.DisposeAsync() ?? default);
        await (other?.DisposeAsync() ?? default);
        await (own?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task A_page_at_one_portal_follows_a_run_that_another_carries_out()
    {
        var held = world.First.HoldApply();
        await one.FreezeAsync();
        await one.ApproveAsync();
        var followed = one.UntilAsync(v => v.Steps[0].Status == StepStatus.Running);

        await held.ReachedAsync();

        await followed;
        held.GoOn();
        await one.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBeUnique();
    }

    [Fact]
    public async Task Of_many_approvals_at_both_portals_one_run_comes_about()
    {
        await one.Engine.PlanAsync(one.Admin, null, default);
        var digest = (await one.Engine.ReadAsync(one.Admin, default))!.Digest!;

        var decisions = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Engine.ApproveAsync(one.Admin, digest, default))));

        decisions.Count(d => d.IsAccepted).ShouldBeGreaterThan(0);
        var view = await one.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBeUnique();
        await using var db = await one.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        (await db.Runs.CountAsync(r => r.State != RunState.Replaced))
            .ShouldBe(1, "whoever approves while it waits takes its place, and none is carried out beside it");
    }

    [Fact]
    public async Task Taking_back_at_one_portal_ends_what_the_other_has_in_hand()
    {
        await one.ApproveAsync();
        await one.UntilRunIsAsync(RunState.Done);
        var held = new HeldCall();
        world.First.Wanted.Add(new FakeObject("another"));
        world.First.OnApply = async (_, _, cancellation) =>
        {
            await held.HangAsync(cancellation);
            return null;
        };
        await one.FreezeAsync();
        await one.ApproveAsync();
        await held.ReachedAsync();
        world.First.OnApply = null;

        (await one.Engine.UndoAsync(one.Admin, "second", default)).Problem.ShouldBeNull();

        var view = await one.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });
        view.Steps[1].Status.ShouldBe(StepStatus.Ready);
    }

    [Fact]
    public async Task An_approval_at_one_portal_lets_the_other_finish_the_call_that_it_has_in_hand()
    {
        var (held, calls) = (new HeldCall(), 0);
        world.First.OnApply = async (_, _, cancellation) =>
        {
            Interlocked.Increment(ref calls);
            await held.HangAsync(cancellation);
            return null;
        };
        await one.FreezeAsync();
        await one.ApproveAsync();
        await held.ReachedAsync();
        var first = (await one.Engine.ReadAsync(one.Admin, default))!.Run!.Id;

        world.Second.Wanted.Add(new FakeObject("another"));
        await one.ApproveAsync();
        await other.UntilAsync(v => v.Run is { } run && run.Id != first);
        held.GoOn();

        await one.UntilRunIsAsync(RunState.Done);
        calls.ShouldBe(1);
        world.Applied.ShouldBeUnique();
    }

    [Fact]
    public async Task Of_many_who_take_a_step_back_at_both_portals_one_run_comes_about()
    {
        await one.ApproveAsync();
        await one.UntilRunIsAsync(RunState.Done);
        await one.FreezeAsync();
        await other.FreezeAsync();

        var decisions = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Engine.UndoAsync(one.Admin, "second", default))));

        decisions.ShouldAllBe(d => d.IsAccepted);
        await using var db = await one.Get<IDbContextFactory<PortalDbContext>>()
            .OpenAsync((await one.Engine.ReadAsync(one.Admin, default))!.Tenant.Id, default);
        (await db.Runs.CountAsync(r => r.Kind == RunKind.Undo && r.State != RunState.Replaced)).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_waits_goes_on_wherever_somebody_says_that_it_may()
    {
        world.Second.Wanted[0] = world.Second.Wanted[0] with { People = 3, CanStopCalls = true };
        await one.ApproveAsync();
        await one.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Gate is { ReadyFlag: false }));
        await other.SetReadyAsync();
        var view = await one.UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Gate is { ReadyFlag: true }));
        var wait = view.Run!.Waits.Single(w => w.Gate is not null);

        (await other.Engine.ConfirmAsync(one.Admin, view.Run.Id, wait.Step, wait.Gate!.ActionKey, wait.Gate.People, default)).Problem.ShouldBeNull();

        await one.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBeUnique();
    }

    [Fact]
    public async Task A_portal_that_was_only_slow_does_nothing_more_for_a_run_that_another_has_taken_up()
    {
        var held = world.First.HoldApply();
        await one.ApproveAsync();
        await held.ReachedAsync();
        var view = (await one.Engine.ReadAsync(one.Admin, default))!;

        (await other.Get<RunRows>().BeginAsync(view.Tenant.Id, view.Run!.Id, default)).ShouldNotBeNull();
        held.GoOn();

        await one.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBeUnique();
        await using var db = await one.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        (await db.Journal.CountAsync(e => e.Kind == JournalKind.Recovered)).ShouldBe(2, "the slow one ended nothing: somebody took the run up after it");
        (await db.Journal.CountAsync(e => e.Kind == JournalKind.RunEnded)).ShouldBe(1);
    }

    [Fact]
    public async Task The_audit_of_what_both_did_is_whole()
    {
        await one.ApproveAsync();
        await one.UntilRunIsAsync(RunState.Done);
        await other.SetReadyAsync();
        var view = (await one.Engine.ReadAsync(one.Admin, default))!;

        var finding = await other.Get<AuditVerifier>().VerifyAsync(view.Tenant.Id, [], default);

        finding.Fault.ShouldBeNull();
        finding.Entries.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Of_an_approval_and_the_end_of_the_access_at_the_same_moment_one_counts()
    {
        await one.FreezeAsync();
        await other.FreezeAsync();
        await one.Engine.PlanAsync(one.Admin, null, default);
        var view = (await one.Engine.ReadAsync(one.Admin, default))!;
        for (var round = 0; round < 6; round++)
        {
            var admin = one.Admin with { Access = one.Admin.Access with { SessionId = $"round {round}" } };
            await one.SignInAsync(admin);
            var ending = Task.Run(() => one.Get<IAftercare>().EndAccessAsync(admin, default));
            var approving = Task.Run(() => other.Engine.ApproveAsync(admin, view.Digest!, default));
            foreach (var side in new Task[] { ending, approving })
            {
                try
                {
                    await side;
                }
                catch (UnauthorizedAccessException)
                {
                    // The other came first: a session that has ended approves nothing.
                }
            }

            await using var db = await one.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
            var isEnded = ending.IsCompletedSuccessfully && (await ending).IsAccepted;
            (await db.Runs.AnyAsync(Run.Active)).ShouldBe(!isEnded);
            (await db.Sessions.AnyAsync(s => s.SessionId == admin.Access.SessionId && s.EndedAt == null)).ShouldBe(!isEnded);
            await db.Runs.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RunState.Replaced));
        }
    }

    [Fact]
    public async Task A_sign_out_at_one_portal_counts_at_the_other()
    {
        await one.SignOutAsync(one.Admin);

        await Should.ThrowAsync<UnauthorizedAccessException>(() => other.Engine.PlanAsync(one.Admin, null, default));
    }
}

public sealed class ReplicasOnPostgreSqlTests() : ReplicaTests(DatabaseProvider.PostgreSql);

public sealed class ReplicasOnSqlServerTests() : ReplicaTests(DatabaseProvider.SqlServer);
