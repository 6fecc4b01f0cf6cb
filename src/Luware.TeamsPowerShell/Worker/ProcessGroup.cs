using System.Runtime.InteropServices;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>The process group that a worker leads, except on Windows. It exists as long as the leader or anything that it started.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills all that is left of the group.</summary>
    /// <returns>False if the process leads no group.</returns>
    public static bool Kill(int leader)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leader, 2); // Group 1 would address every process.
        return !OperatingSystem.IsWindows() && Send(-leader, KillSignal) == 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
