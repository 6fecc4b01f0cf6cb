using System.Diagnostics;
using Luware.TeamsPowerShell.Tests.Processes;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Tests.Worker;

public sealed class WorkerProcessTests
{
    [Fact]
    public async Task How_a_process_ended_is_known_even_once_it_is_disposed()
    {
        var start = new ProcessStartInfo(TestPool.Program, [FaultyWorker.Command, nameof(Fault.ExitsAtStart)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        var process = WorkerProcess.Start(start);
        await process.Exited;
        await process.DisposeAsync();

        (await process.DescribeEndAsync(TimeSpan.FromSeconds(1))).ShouldStartWith("exit code 3");
    }
}
