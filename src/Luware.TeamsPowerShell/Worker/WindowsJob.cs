using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// A job object that holds a process and everything that it starts from then on. Windows kills them when the job's last handle closes: when the pool closes
/// it, or when the application dies.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsJob
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnClose = 0x2000;

    /// <summary>Puts the process into a new job. A process that has ended already needs no job; its exit code is more useful than an error here.</summary>
    /// <exception cref="Win32Exception">The process could not be put into the job, and was killed.</exception>
    public static IDisposable Hold(Process process)
    {
        var job = Create(0, null);
        var limits = new Limits { Flags = KillOnClose };
        if (!job.IsInvalid && Set(job, ExtendedLimitInformation, in limits, Marshal.SizeOf<Limits>()) && Assign(job, process.SafeHandle))
            return job;
        var fault = new Win32Exception();
        if (process.HasExited)
            return job;
        job.Dispose();
        process.Kill(entireProcessTree: true);
        throw fault;
    }

    [LibraryImport("kernel32.dll", EntryPoint = "CreateJobObjectW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeFileHandle Create(nint security, string? name);

    [LibraryImport("kernel32.dll", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Set(SafeFileHandle job, int kind, in Limits limits, int size);

    [LibraryImport("kernel32.dll", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Assign(SafeFileHandle job, SafeProcessHandle process);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION; only its flags are used.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Limits
    {
        public long ProcessTime, JobTime;
        public uint Flags;
        public nuint SmallestWorkingSet, LargestWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint Priority, Scheduling;
        public ulong Reads, Writes, Others, BytesRead, BytesWritten, BytesOfOthers;
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }
}
