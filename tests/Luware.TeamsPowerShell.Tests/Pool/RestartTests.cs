using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>A pool that has given up tries again by itself: nobody takes a lease from a portal that is not ready.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task A_pool_whose_pause_ends_a_moment_early_waits_on_and_starts_the_next_worker()
    {
        var time = new EarlyTime();
        await using var pool = new TestPool(configure: options => FailAtFirst(options, EarlyTime.Window), time: time);
        await pool.Hosted.StartAsync(default);
        await Until.TrueAsync(() => time.Pauses == 1, "the pool has given up and pauses");

        pool.Options.Executable = TestPool.Program;
        time.Advance(EarlyTime.Window - EarlyTime.Early);
        await Until.TrueAsync(() => time.Rests > 0, "it waits for what is left of the window");
        pool.Stock.HasGivenUp.ShouldBeTrue();
        time.Advance(TimeSpan.FromSeconds(1));

        await Until.TrueAsync(() => pool.Pool.State == TeamsPoolState.Ready, "the next worker is warm");
    }

    [Fact]
    public async Task A_pool_that_has_given_up_is_ready_once_its_program_is_there_although_nobody_asks_for_a_worker()
    {
        await using var pool = new TestPool(configure: options => FailAtFirst(options, TimeSpan.FromMilliseconds(300)));
        await pool.Hosted.StartAsync(default);
        await Until.TrueAsync(() => pool.Stock.HasGivenUp, "the pool has given up");

        pool.Options.Executable = TestPool.Program;

        await Until.TrueAsync(() => pool.Pool.State == TeamsPoolState.Ready, "the next worker is warm");
    }

    private static void FailAtFirst(TeamsWorkerOptions options, TimeSpan window)
    {
        (options.WarmWorkers, options.RestartBudget, options.RestartWindow) = (1, 1, window);
        options.Executable = "no-such-program";
    }

    /// <summary>A clock whose timers end a moment early, as real ones do: their time is cut to whole milliseconds.</summary>
    private sealed class EarlyTime : FakeTimeProvider
    {
        public static readonly TimeSpan Window = TimeSpan.FromMinutes(7), Early = TimeSpan.FromMilliseconds(1);

        private int _pauses;
        private int _rests;

        /// <summary>How many timers of a whole window have begun.</summary>
        public int Pauses => Volatile.Read(ref _pauses);

        /// <summary>How many shorter timers than a start's have begun.</summary>
        public int Rests => Volatile.Read(ref _rests);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime > Early ? dueTime - Early : dueTime, period);
            if (dueTime == Window)
                Interlocked.Increment(ref _pauses);
            else if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(1))
                Interlocked.Increment(ref _rests);
            return timer;
        }
    }
}
