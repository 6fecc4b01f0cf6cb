using System.Collections.Concurrent;
using System.Diagnostics;
using Luware.TeamsPowerShell.Pool;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class QueueTests
{
    [Fact]
    public async Task Whoever_waits_is_told_the_place_until_a_worker_is_there()
    {
        await using var pool = new TestPool(configure: options => options.MaxWorkers = 1);
        var first = await pool.LeaseAsync();
        ConcurrentQueue<int> second = [];
        ConcurrentQueue<int> third = [];
        var waiting = pool.LeaseAsync(queued: second.Enqueue);
        var last = pool.LeaseAsync(queued: third.Enqueue);
        await Until.TrueAsync(() => third.Contains(2), "the third stands at place 2");

        await first.DisposeAsync();
        await (await waiting).DisposeAsync();
        await (await last).DisposeAsync();

        second.ShouldBe([1, 0]);
        third.ShouldBe([2, 1, 0]);
    }

    [Fact]
    public async Task Whoever_asked_first_is_served_first_and_a_cancelled_wait_leaves_no_gap()
    {
        await using var pool = new TestPool(configure: options => options.MaxWorkers = 1);
        var first = await pool.LeaseAsync();
        using var cancel = new CancellationTokenSource();
        ConcurrentQueue<string> served = [];
        var a = UseAsync("a", CancellationToken.None);
        var cancelled = UseAsync("cancelled", cancel.Token);
        var b = UseAsync("b", CancellationToken.None);
        pool.Stock.Count().Waiting.ShouldBe(3);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        await first.DisposeAsync();
        await Task.WhenAll(a, b);

        served.ShouldBe(["a", "b"]);

        async Task UseAsync(string name, CancellationToken cancellationToken)
        {
            await using var lease = await pool.LeaseAsync(cancellationToken: cancellationToken);
            served.Enqueue(name);
        }
    }

    [Fact]
    public async Task A_worker_given_to_somebody_who_leaves_at_that_moment_is_the_next_ones()
    {
        await using var pool = new TestPool(configure: options => options.MaxWorkers = 1);

        await LeaveWhileServedAsync(pool);

        pool.Stock.Count().ShouldBe(new StockCount(Warm: 1, Leased: 0, Starting: 0, Waiting: 0));
        await using var lease = await pool.LeaseAsync();
        pool.Started.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_worker_that_ended_while_it_was_given_to_somebody_who_leaves_is_nobodys()
    {
        await using var pool = new TestPool();
        ITeamsLease? other = null;

        await LeaveWhileServedAsync(pool, async () =>
        {
            using var given = Process.GetProcessById(pool.Started.Single());
            given.Kill();
            // The pool has heard of that end before it has started another worker.
            other = await pool.LeaseAsync();
        });

        await Until.TrueAsync(() => pool.Stock.Count().Warm == 0, "it is not kept for the next one");
        await other!.DisposeAsync();
    }

    [Fact]
    public async Task A_stopping_pool_does_not_wait_for_a_worker_whose_lease_left_at_the_moment_it_was_given()
    {
        await using var pool = new TestPool(configure: options => options.DrainLimit = TimeSpan.FromMinutes(10));
        Task? stopped = null;

        await LeaveWhileServedAsync(pool, () =>
        {
            stopped = pool.Hosted.StopAsync(CancellationToken.None);
            return Task.CompletedTask;
        });

        await stopped!.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        await using var pool = new TestPool(configure: options => (options.MaxWorkers, options.QueueLimit) = (1, 1));
        await using var first = await pool.LeaseAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = pool.LeaseAsync(cancellationToken: cancel.Token);

        await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync());

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_wait_has_a_limit()
    {
        await using var pool = new TestPool(configure: options => (options.MaxWorkers, options.LeaseWait) = (1, TimeSpan.FromSeconds(10)));
        await using var first = await pool.LeaseAsync();
        pool.Options.LeaseWait = TimeSpan.FromMilliseconds(50);

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("became free");
    }

    [Fact]
    public async Task A_wait_in_vain_says_why_the_last_start_failed()
    {
        await using var pool = new TestPool(Fault.ExitsAtStart, options => (options.WarmWorkers, options.RestartBudget) = (1, 1000));
        await pool.Hosted.StartAsync(CancellationToken.None);
        await Until.TrueAsync(() => pool.Log.Lines.Any(l => l.Contains("could not be started")), "a start has failed");
        pool.Options.LeaseWait = TimeSpan.FromMilliseconds(50);

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("The last start that failed: The start was broken off");
    }

    [Fact]
    public async Task Whoever_lost_a_worker_while_connecting_is_the_next_one_even_if_the_queue_is_full()
    {
        var queue = new LeaseQueue(limit: 1);
        queue.Enter();
        Should.Throw<NoWorkerException>(queue.Enter);
        List<int> places = [];

        var again = queue.EnterFirst();
        queue.TellPositions();
        queue.GiveFirst(null!);
        await again.WaitAsync(places.Add, CancellationToken.None);

        places.ShouldBe([1, 0]);
        queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task All_tries_share_one_limit_for_the_wait()
    {
        List<TeamsOutput> output = [];
        await using var pool = new TestPool(Fault.ExitsWhenConnected, options => options.RetryPause = TimeSpan.FromSeconds(1));
        var began = Stopwatch.GetTimestamp();

        var late = await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync(output: line =>
        {
            output.Add(line);
            pool.Options.LeaseWait = Stopwatch.GetElapsedTime(began);
        }));

        late.Message.ShouldContain("became free");
        output.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Workers_are_warm_before_anyone_asks_and_again_after_each_lease()
    {
        await using var pool = new TestPool(configure: options => (options.WarmWorkers, options.MaxWorkers) = (2, 3));
        await pool.Hosted.StartAsync(CancellationToken.None);
        await Until.TrueAsync(() => pool.Stock.Count().Warm == 2, "two workers are warm");
        ConcurrentQueue<int> places = [];

        await using var lease = await pool.LeaseAsync(queued: places.Enqueue);

        places.ShouldBe([0]);
        await Until.TrueAsync(() => pool.Stock.Count() is { Warm: 2, Leased: 1 }, "the pool is topped up");
    }

    [Fact]
    public async Task Two_hundred_leases_queue_on_two_workers_and_every_one_is_served_or_cancelled()
    {
        await using var pool = new TestPool(configure: LightWorker.Use);
        using var soon = new CancellationTokenSource();
        using var later = new CancellationTokenSource();
        var first = await pool.LeaseAsync();
        var second = await pool.LeaseAsync();
        var uses = Enumerable.Range(0, 200).Select(i => (i % 4) switch { 0 => default, 1 => later.Token, _ => soon.Token })
            .Select(token => (Token: token, Use: UseAsync(token))).ToList();
        pool.Stock.Count().ShouldBe(new StockCount(Warm: 0, Leased: 2, Starting: 0, Waiting: 200));

        await soon.CancelAsync();
        await Until.TrueAsync(() => pool.Stock.Count().Waiting == 100, "a hundred have left the queue");
        await first.DisposeAsync();
        await second.DisposeAsync();
        await Task.WhenAny(uses.Where(u => u.Token == default).Select(u => u.Use));
        await later.CancelAsync();

        foreach (var (_, use) in uses.Where(u => u.Token == default))
            await use;
        foreach (var (_, use) in uses.Where(u => u.Token == soon.Token))
            await Should.ThrowAsync<OperationCanceledException>(() => use);
        await Until.TrueAsync(() => uses.TrueForAll(u => u.Use.IsCompleted), "every one has ended");
        uses.ShouldAllBe(u => !u.Use.IsFaulted);
        await Until.TrueAsync(() => pool.Stock.Count() is { Leased: 0, Starting: 0, Waiting: 0 }, "all is quiet");
        pool.Folders.Count.ShouldBe(pool.Stock.Count().Warm);

        async Task UseAsync(CancellationToken cancellationToken)
        {
            await using var lease = await pool.LeaseAsync(cancellationToken: cancellationToken);
            await lease.InvokeAsync(Commands.Policies, cancellationToken);
        }
    }

    [Fact]
    public async Task A_stopping_pool_lets_leases_end_and_takes_no_more()
    {
        await using var pool = new TestPool(configure: options => (options.WarmWorkers, options.MaxWorkers) = (1, 2));
        var lease = await pool.LeaseAsync();
        await using var second = await pool.LeaseAsync();
        var waiting = pool.LeaseAsync();

        var stopped = pool.Hosted.StopAsync(CancellationToken.None);
        await Should.ThrowAsync<NoWorkerException>(() => waiting);
        await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync());
        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        stopped.IsCompleted.ShouldBeFalse();
        await lease.DisposeAsync();
        await second.DisposeAsync();
        await stopped;

        pool.Folders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_that_does_not_end_is_killed_when_the_pool_stops()
    {
        await using var pool = new TestPool(configure: options => options.DrainLimit = TimeSpan.FromMilliseconds(100));
        await using var lease = await pool.LeaseAsync();

        await pool.Hosted.StopAsync(CancellationToken.None);

        (await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None))).Message.ShouldContain("shutdown");
        pool.Folders.ShouldBeEmpty();
    }

    /// <param name="meanwhile">What happens between the moment at which the worker is given and that at which whoever gets it leaves.</param>
    private static async Task LeaveWhileServedAsync(TestPool pool, Func<Task>? meanwhile = null)
    {
        using var leaving = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => pool.LeaseAsync(cancellationToken: leaving.Token, queued: place =>
        {
            if (place > 0)
                return;
            meanwhile?.Invoke().Wait(CancellationToken.None);
            leaving.Cancel();
        }));
    }
}
