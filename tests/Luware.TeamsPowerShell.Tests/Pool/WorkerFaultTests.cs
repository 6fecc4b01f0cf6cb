using System.Diagnostics;
using System.Globalization;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>Worker processes that crash, hang or lie, at every stage.</summary>
public sealed class WorkerFaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(Fault.ExitsAtStart, "exit code 3; its last words: The module could not be imported.")]
    [InlineData(Fault.HangsAtStart, "took longer than")]
    [InlineData(Fault.ExitsBeforeHello, "The start was broken off: the worker ended (exit code 9; its last words: The module ended the process.)")]
    [InlineData(Fault.SaysGarbageAtStart, "broke the protocol")]
    [InlineData(Fault.SpeaksAnotherVersion, "version 99 of the protocol")]
    [InlineData(Fault.HasAnotherModule, "version 0.0.1 of the module")]
    public async Task A_worker_that_cannot_start_is_named_once_the_budget_is_spent(Fault fault, string reason)
    {
        await using var pool = new TestPool(fault, options =>
        {
            (options.RestartBudget, options.ModuleVersion) = (2, "7.8.0");
            if (fault == Fault.HangsAtStart)
                options.StartLimit = Short;
        });

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain(reason);
        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain(reason);

        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_never_comes_to_its_pipes_is_killed_at_the_limit()
    {
        ProcessTable.SkipUnlessReadable();
        var time = new FakeTimeProvider();
        await using var pool = new TestPool(
            Fault.NeverOpensItsPipes, options => (options.RestartBudget, options.StartLimit, options.LeaseWait) = (1, Short, TimeSpan.FromHours(1)), time);

        var lease = pool.LeaseAsync();
        await Until.TrueAsync(() => pool.RanCmdlets.Count == 1, "the worker has begun");
        // The limit may begin a moment after the process.
        await Until.TrueAsync(
            () =>
            {
                time.Advance(Short);
                return lease.IsCompleted;
            },
            "the lease has ended");
        (await Should.ThrowAsync<NoWorkerException>(() => lease)).Message.ShouldContain("The start took longer than 00:00:01");

        ProcessTable.IsAlive(int.Parse(pool.RanCmdlets.ShouldHaveSingleItem(), CultureInfo.InvariantCulture)).ShouldBeFalse();
        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        await using var pool = new TestPool(configure: options => (options.Executable, options.RestartBudget) = ("no-such-pwsh", 1));

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("no-such-pwsh");
    }

    [Theory]
    [InlineData(Fault.ExitsWhenConnected, "exit code 4")]
    [InlineData(Fault.HangsWhenConnected, "took longer than")]
    [InlineData(Fault.PrintsTokens, "Bearer (token)")]
    [InlineData(Fault.ExitsOnceConnected, "Get-CsTenant was broken off: the worker ended (exit code 8)")]
    [InlineData(Fault.HangsOnceConnected, "Get-CsTenant took longer than")]
    public async Task A_worker_that_is_lost_while_connecting_is_replaced_until_the_tries_are_used_up(Fault fault, string reason)
    {
        var tokens = 0;
        await using var pool = new TestPool(fault, options =>
        {
            options.Retries = 1;
            if (fault == Fault.HangsWhenConnected)
                options.ConnectLimit = Short;
            // The connection itself has to be made within it, by a process that has just begun.
            if (fault == Fault.HangsOnceConnected)
                options.ConnectLimit = 5 * Short;
        });
        var tenant = Guid.NewGuid();

        var lost = await Should.ThrowAsync<NoWorkerException>(() => pool.Pool.LeaseAsync(
            new TeamsLeaseRequest(tenant, _ => Task.FromResult(Count(TestPool.Tokens(tenant)))), CancellationToken.None));

        lost.Message.ShouldContain(reason);
        tokens.ShouldBe(2);
        pool.Folders.ShouldBeEmpty();

        TeamsTokens Count(TeamsTokens fresh)
        {
            tokens++;
            return fresh;
        }
    }

    [Fact]
    public async Task A_refused_connection_is_a_refusal()
    {
        await using var pool = new TestPool(Fault.RefusesToConnect);

        (await Should.ThrowAsync<CommandRefusedException>(() => pool.LeaseAsync())).Error.ErrorId.ShouldBe("Expired");
    }

    [Fact]
    public async Task A_refusal_that_repeats_the_tokens_is_handed_on_without_them()
    {
        await using var pool = new TestPool(Fault.RepeatsTokens);

        var refused = await Should.ThrowAsync<CommandRefusedException>(() => pool.LeaseAsync());

        const string Hidden = "Bearer (token) and (token)";
        refused.Error.ShouldSatisfyAllConditions(
            e => new List<string?>([e.ErrorId, e.Target, e.Message, e.CorrelationId, .. e.Inner]).ShouldAllBe(text => text == Hidden),
            e => e.Category.ShouldBe("AuthenticationError"));
        refused.ToString().ShouldNotContain("eyJ");
    }

    [Theory]
    [InlineData(Fault.ExitsInCommand, "exit code 6; its last words: Unhandled exception.")]
    [InlineData(Fault.HangsInCommand, "took longer than")]
    [InlineData(Fault.SaysGarbageInCommand, "broke the protocol")]
    [InlineData(Fault.SaysNoKindOfMessage, "a line of 2 bytes is none of its messages")]
    [InlineData(Fault.SaysHalfALine, "exit code 7")]
    [InlineData(Fault.SaysALongLine, "longer than 8388608 bytes")]
    [InlineData(Fault.FloodsResults, "broke the protocol, an answer is longer than 67108864 bytes")]
    [InlineData(Fault.AnswersAnotherRequest, "not asked for")]
    [InlineData(Fault.EatsMemory, "memory limit")]
    public async Task A_worker_that_is_lost_in_a_command_is_told_apart_from_a_refusal(Fault fault, string reason)
    {
        await using var pool = new TestPool(fault, options =>
        {
            options.MemoryLimit = 150;
            // Long enough for the worker to have begun with the command.
            if (fault == Fault.HangsInCommand)
                options.CommandLimit = 5 * Short;
        });
        await using var lease = await pool.LeaseAsync();

        (await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None))).Message.ShouldContain(reason);
        await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None));

        pool.RanCmdlets.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_flood_on_the_standard_streams_holds_nothing_up()
    {
        await using var pool = new TestPool(Fault.FloodsOutputs);
        await using var lease = await pool.LeaseAsync();

        (await lease.InvokeAsync(Commands.Policies, CancellationToken.None)).Objects.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Fault.HangsInCommandWithChild)]
    [InlineData(Fault.ExitsInCommandWithChild)]
    public async Task What_a_worker_started_ends_with_it_however_that_ends(Fault fault)
    {
        ProcessTable.SkipUnlessReadable();
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var end = new CancellationTokenSource();
        await using var pool = new TestPool(fault);
        await using var lease = await pool.LeaseAsync(output: line => started.TrySetResult(int.Parse(line.Text, CultureInfo.InvariantCulture)));
        var command = lease.InvokeAsync(Commands.Policies, end.Token);
        var child = await started.Task.WaitAsync(TimeSpan.FromMinutes(1));

        if (fault == Fault.HangsInCommandWithChild)
        {
            await end.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => command);
        }
        else
        {
            await Should.ThrowAsync<WorkerLostException>(() => command);
        }

        await Until.TrueAsync(() => !ProcessTable.IsAlive(child), "the worker's own child is gone");
    }

    [Fact]
    public async Task Warm_workers_that_die_are_replaced_until_the_budget_is_spent()
    {
        await using var pool = new TestPool(Fault.ExitsWhenIdle, options => (options.WarmWorkers, options.RestartBudget) = (1, 3));
        await pool.Hosted.StartAsync(CancellationToken.None);

        await Until.TrueAsync(() => pool.Stock.HasGivenUp, "the pool has given up for now");

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("A warm worker was lost: ended by itself");
    }

    [Fact]
    public async Task A_worker_whose_pool_died_at_its_birth_ends_by_itself()
    {
        await using var pool = new TestPool(configure: options => options.StartLimit = Short);

        (await Orphan.EndAsync(pool.Options)).ShouldNotBe(0);
    }

    [Theory]
    [InlineData(PortalProcess.WithoutPowerShell)]
    [InlineData(PowerShell.Engine)]
    [InlineData(PowerShell.Installed)]
    public async Task No_worker_and_nothing_that_it_started_survives_an_application_that_was_killed(string worker)
    {
        ProcessTable.SkipUnlessReadable();
        if (worker != PortalProcess.WithoutPowerShell)
            PowerShell.SkipUnlessThere(worker);
        await using var own = new TestPool();
        var start = new ProcessStartInfo(TestPool.Program, [PortalProcess.Command, worker]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["TMPDIR"] = own.Options.PipeDirectory;
        using var portal = Process.Start(start)!;
        var child = int.Parse((await portal.StandardOutput.ReadLineAsync(CancellationToken.None)).ShouldNotBeNull(), CultureInfo.InvariantCulture);
        await Until.TrueAsync(() => ProcessTable.ChildrenOf(portal.Id).Count == 2, "one worker hangs and one is warm");
        int[] started = [.. ProcessTable.ChildrenOf(portal.Id), child];
        started.ShouldAllBe(id => ProcessTable.IsAlive(id));

        portal.Kill(entireProcessTree: false);

        await Until.TrueAsync(() => !started.Any(ProcessTable.IsAlive), "both workers are gone, and what one of them started");
    }
}
