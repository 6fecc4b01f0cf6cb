using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Tests.Worker;

[SupportedOSPlatform("windows")]
public sealed class WindowsJobTests
{
    /// <summary>Windows refuses a record of any other size, and the size can be checked on every machine.</summary>
    [Fact]
    public void The_limits_of_a_job_have_the_size_that_Windows_documents() =>
        Marshal.SizeOf<WindowsJob.Limits>().ShouldBe(Environment.Is64BitProcess ? 144 : 112);
}
