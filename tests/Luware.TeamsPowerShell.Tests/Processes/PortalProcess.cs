namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>
/// An application with a pool, to be killed by a test: it leases a worker that hangs, and keeps another one warm. It prints the id of
/// the process that the hanging worker has started.
/// </summary>
internal static class PortalProcess
{
    public const string Command = "portal";

    public static async Task<int> RunAsync()
    {
        await using var pool = new TestPool(Fault.HangsInCommandWithChild, options => options.WarmWorkers = 1);
        await pool.Hosted.StartAsync(CancellationToken.None);
        await using var lease = await pool.LeaseAsync(output: line => Console.WriteLine(line.Text));
        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        return 0;
    }
}
