using System.Runtime.InteropServices;
using Luware.Portal.Operations;

namespace Luware.Portal.Tests.Operations;

public sealed class ProcessMemoryTests
{
    private const int GetDumpable = 3;

    private delegate int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [Fact]
    public void Linux_is_told_that_the_process_is_not_for_others_to_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is asked with prctl.");

        ProcessMemory.Close();

        var library = NativeLibrary.Load("libc", typeof(ProcessMemoryTests).Assembly, null);
        var ask = Marshal.GetDelegateForFunctionPointer<Prctl>(NativeLibrary.GetExport(library, "prctl"));
        ask(GetDumpable, 0, 0, 0, 0).ShouldBe(0);
    }
}
