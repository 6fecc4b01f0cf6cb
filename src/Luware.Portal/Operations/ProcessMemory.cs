using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Luware.Portal.Operations;

/// <summary>The portal's memory and environment, where keys and tokens lie, are not for other processes of the same account.</summary>
internal static partial class ProcessMemory
{
    private const int SetDumpable = 4;

    /// <summary>Takes /proc away from the workers, which run as the same user. Programs that are started later have their own again.</summary>
    public static void Close()
    {
        if (OperatingSystem.IsLinux() && Control(SetDumpable, 0, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
