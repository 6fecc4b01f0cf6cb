using System.Runtime.InteropServices;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>The group that a worker leads except on Windows. It outlives its leader as long as anything that the leader started does.</summary>
internal static partial class ProcessGroup
{
    private const int KillSignal = 9;

    /// <summary>Kills all that is left of the group; where the process leads none, nothing happens.</summary>
    public static void Kill(int leader)
    {
        // A group of 1 would be a signal to everybody.
        if (!OperatingSystem.IsWindows() && leader > 1)
            _ = Send(-leader, KillSignal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
