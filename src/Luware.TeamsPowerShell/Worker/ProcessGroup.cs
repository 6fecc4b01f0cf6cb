using System.Runtime.InteropServices;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>The group that a worker leads except on Windows. It outlives its leader as long as anything that the leader started does.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills all that is left of the group.</summary>
    /// <returns>False where the process leads none.</returns>
    public static bool Kill(int leader)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leader, 2); // The group of 1 would be everybody.
        return !OperatingSystem.IsWindows() && Send(-leader, KillSignal) == 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
