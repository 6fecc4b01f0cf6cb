using System.ComponentModel;
using System.Diagnostics;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// A worker and all that it started, killed together. The tree alone would miss what outlives a worker that ended by itself, because
/// nothing leads to it any more: a process group holds it on Unix, a job object on Windows.
/// </summary>
internal sealed class ProcessFamily(Process worker)
{
    private readonly int _id = worker.Id;
    private readonly IDisposable? _job = OperatingSystem.IsWindows() ? WindowsJob.Hold(worker) : null;

    public void Kill()
    {
        try
        {
            worker.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
        ProcessGroup.Kill(_id);
        _job?.Dispose();
    }
}
