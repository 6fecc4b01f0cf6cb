using System.Diagnostics;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

/// <summary>Measures the whole process, so nothing else may run at the same time.</summary>
[CollectionDefinition(nameof(EnduranceTests), DisableParallelization = true)]
[Collection(nameof(EnduranceTests))]
public sealed class EnduranceTests
{
    private const int MostHandles = 32;
    private const int Leases = 1000;
    private const int Lanes = 3;
    private const int Warm = 2;

    /// <summary>The allowed growth after a thousand leases: almost no objects, and only as much memory as the heaps keep in reserve.</summary>
    private const long MostManaged = 2 * 1024 * 1024;
    private const long MostResident = 32 * 1024 * 1024;

    [Fact]
    public async Task A_thousand_leases_leave_no_process_no_pipe_no_folder_no_handle_and_no_memory()
    {
        await using var pool = new TestPool(configure: options =>
        {
            (options.WarmWorkers, options.MaxWorkers) = (Warm, Lanes + Warm);
            LightWorker.Use(options);
        });
        await UseAsync(pool, 10 * Lanes);
        var before = await MeasureAsync(pool);

        await UseAsync(pool, Leases);

        var after = await MeasureAsync(pool);
        // A leak per lease would add a thousand; threads that the runtime adds under load bring a few.
        after.Handles.ShouldBeInRange(0, before.Handles + MostHandles);
        after.Managed.ShouldBeInRange(0, before.Managed + MostManaged);
        after.Resident.ShouldBeInRange(0, before.Resident + MostResident);
        pool.Left.Count.ShouldBe(Warm);
        if (OperatingSystem.IsLinux())
            ProcessTable.ChildrenOf(Environment.ProcessId).Count.ShouldBe(Warm);

        await pool.Hosted.StopAsync(CancellationToken.None);
        pool.Left.ShouldBeEmpty("the warm workers' pipes lay in their folders");
    }

    /// <summary>Runs this many leases, one after the other in each lane, each with its own process.</summary>
    private static async Task UseAsync(TestPool pool, int leases)
    {
        var left = leases;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => UseLaneAsync()));

        async Task UseLaneAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using var lease = await pool.LeaseAsync();
                await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
            }
        }
    }

    /// <summary>The process's resources once the workers are warm and nothing else is running.</summary>
    private static async Task<(int Handles, long Managed, long Resident)> MeasureAsync(TestPool pool)
    {
        await Until.TrueAsync(() => pool.Stock.Count() is { Warm: Warm, Leased: 0, Starting: 0 }, "the workers are warm");
        // Releases memory that the heaps keep in reserve.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (self.HandleCount, managed, self.WorkingSet64);
    }
}
