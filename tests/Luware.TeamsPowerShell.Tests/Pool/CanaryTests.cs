using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>The first worker shows whether the module can be imported on this machine.</summary>
public sealed class CanaryTests
{
    [Fact]
    public async Task A_pool_is_ready_once_its_first_worker_has_imported_the_module()
    {
        await using var pool = new TestPool(configure: options => options.WarmWorkers = 1);
        pool.Pool.State.ShouldBe(TeamsPoolState.Untried);

        await pool.Hosted.StartAsync(default);
        await Until.TrueAsync(() => pool.Pool.State == TeamsPoolState.Ready, "the first worker is warm");

        await Until.TrueAsync(
            () => pool.Log.Lines.Any(line => line.StartsWith("The first Teams worker has imported module", StringComparison.Ordinal)),
            "the log says so");
    }

    [Fact]
    public async Task Where_the_module_cannot_be_imported_the_log_says_so_once_and_what_to_do()
    {
        await using var pool = new TestPool(configure: options =>
        {
            options.WarmWorkers = 1;
            options.Executable = "no-such-program";
            options.RestartBudget = 2;
        });

        await pool.Hosted.StartAsync(default);
        await Until.TrueAsync(() => pool.Stock.HasGivenUp, "the pool has given up");

        pool.Pool.State.ShouldBe(TeamsPoolState.Untried);
        var said = pool.Log.Lines.Single(line =>
            line.StartsWith("The first Teams worker could not import the module: 'no-such-program'", StringComparison.Ordinal));
        said.ShouldContain("Install PowerShell 7.4 or later");
    }

    [Fact]
    public async Task A_pool_that_has_worked_and_cannot_start_workers_now_is_failing()
    {
        await using var pool = new TestPool(configure: options =>
        {
            options.WarmWorkers = 1;
            options.RestartBudget = 1;
        });
        await pool.Hosted.StartAsync(default);
        await Until.TrueAsync(() => pool.Pool.State == TeamsPoolState.Ready && pool.Stock.Count().Warm == 1, "the first worker is warm");

        pool.Options.Executable = "no-such-program";
        await (await pool.LeaseAsync()).DisposeAsync();

        await Until.TrueAsync(() => pool.Pool.State == TeamsPoolState.Failing, "the pool has given up");
    }
}
