using System.Diagnostics;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>A worker that is started for a pool that is gone before it can answer.</summary>
internal static class Orphan
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The exit code with which it gave up.</returns>
    public static async Task<int> EndAsync(TeamsWorkerOptions options)
    {
        using var folder = new WorkerFolder(options);
        var channel = new WorkerChannel(folder);
        var start = WorkerStartInfo.Create(options, folder, channel);
        await channel.DisposeAsync();

        using var worker = Process.Start(start)!;
        try
        {
            worker.StandardInput.Close();
            await worker.StandardError.ReadToEndAsync(CancellationToken.None).WaitAsync(Patience);
            await worker.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
            return worker.ExitCode;
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
        }
    }
}
