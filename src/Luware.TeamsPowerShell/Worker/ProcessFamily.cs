using System.ComponentModel;
using System.Diagnostics;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// A worker and all that it started, killed together. A process group holds them on Unix and a job object on Windows, because nothing
/// leads to what outlives a worker that ended by itself; and to find the tree of one that lives means to read every process of the machine.
/// </summary>
internal sealed class ProcessFamily(Process worker)
{
    private readonly int _id = worker.Id;
    private readonly IDisposable? _job = OperatingSystem.IsWindows() ? WindowsJob.Hold(worker) : null;

    public void Kill()
    {
        if (!ProcessGroup.Kill(_id))
            KillTree();
        _job?.Dispose();
    }

    /// <summary>Where there is no group: on Windows, without setsid, or a moment after the start.</summary>
    private void KillTree()
    {
        try
        {
            if (!worker.HasExited)
                worker.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }
}
