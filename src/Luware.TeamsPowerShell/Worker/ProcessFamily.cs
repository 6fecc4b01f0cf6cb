using System.ComponentModel;
using System.Diagnostics;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// A worker and everything that it started, killed together. They are held by a process group on Unix and a job object on Windows, because no link leads from
/// a worker that has ended to its surviving children, and finding the tree of a living one would mean reading every process of the machine.
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

    /// <summary>Kills the process tree if there is no group: on Windows, without setsid, or immediately after the start.</summary>
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
