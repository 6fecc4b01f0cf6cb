using Luware.TeamsPowerShell.Tests.Worker;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>
/// An application with a pool, to be killed by a test: it leases a worker that hangs, keeps another one warm, and prints the id of the process that the
/// hanging worker has started.
/// </summary>
internal static class PortalProcess
{
    public const string Command = "portal";

    /// <summary>The workers are this program, too.</summary>
    public const string WithoutPowerShell = "none";

    /// <param name="powerShell">The PowerShell in which the workers run worker.ps1, if any.</param>
    public static async Task<int> RunAsync(string powerShell)
    {
        await using var pool = powerShell == WithoutPowerShell
            ? new TestPool(Fault.HangsInCommandWithChild, options => options.WarmWorkers = 1)
            : ScriptPool.Create(powerShell, options => options.WarmWorkers = 1);
        await pool.Hosted.StartAsync(CancellationToken.None);
        await using var lease = await pool.LeaseAsync(output: line => Console.WriteLine(line.Text));
        await lease.InvokeAsync(Commands.Hanging, CancellationToken.None);
        return 0;
    }
}
