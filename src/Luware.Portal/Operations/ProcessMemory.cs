using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Luware.Portal.Operations;

/// <summary>Denies other processes of the same account access to the portal's memory and environment, which hold keys and tokens.</summary>
internal static partial class ProcessMemory
{
    private const int SetDumpable = 4;

    /// <summary>Closes this process's entries in /proc to the workers, which run as the same user. Programs started later are not affected.</summary>
    public static void Close()
    {
        if (OperatingSystem.IsLinux() && Control(SetDumpable, 0, 0, 0, 0) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
