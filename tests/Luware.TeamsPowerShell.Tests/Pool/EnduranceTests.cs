using System.Diagnostics;
using System.Globalization;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>Counts what the whole process holds, so nothing else may run at the same time.</summary>
[CollectionDefinition(nameof(EnduranceTests), DisableParallelization = true)]
[Collection(nameof(EnduranceTests))]
public sealed class EnduranceTests
{
    /// <summary>How many leases follow each other; PORTAL_LEASES=1000 for the long run.</summary>
    private static readonly int Leases = int.Parse(Environment.GetEnvironmentVariable("PORTAL_LEASES") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Leases_in_a_row_leave_no_process_no_folder_no_handle_and_no_memory()
    {
        await using var pool = new TestPool(configure: options => options.WarmWorkers = 1);
        await UseAsync(pool, 5);
        var (handles, memory) = await MeasureAsync(pool);

        await UseAsync(pool, Leases);

        var (handlesAfter, memoryAfter) = await MeasureAsync(pool);
        handlesAfter.ShouldBeInRange(0, handles + 3);
        memoryAfter.ShouldBeInRange(0, memory + 4 * 1024 * 1024);
        pool.Folders.Count.ShouldBe(1);
        if (OperatingSystem.IsLinux())
            ProcessTable.ChildrenOf(Environment.ProcessId).Count.ShouldBe(1);
    }

    private static async Task UseAsync(TestPool pool, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await using var lease = await pool.LeaseAsync();
            await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        }
    }

    /// <summary>Handles and managed memory once one worker is warm and nothing else is under way.</summary>
    private static async Task<(int Handles, long Memory)> MeasureAsync(TestPool pool)
    {
        await Until.TrueAsync(() => pool.Stock.Count() is { Warm: 1, Leased: 0, Starting: 0 }, "one worker is warm");
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (self.HandleCount, memory);
    }
}
