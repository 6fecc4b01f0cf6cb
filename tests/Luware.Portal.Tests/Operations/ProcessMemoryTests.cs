using System.Diagnostics;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Operations;

/// <summary>A real process of the portal and one of the same account that wants to read it, as a worker could.</summary>
public sealed class ProcessMemoryTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Whoever_has_the_portals_account_reads_neither_its_memory_nor_its_environment_whatever_it_was_started_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has these files.");
        var pipe = Path.Combine(_folder.FullName, "anchors");
        await RunAsync("mkfifo", pipe);
        using var other = Start("sleep", "60");
        // Not before it is the program that it was started as.
        while (!await CanReadAsync(other))
            other.HasExited.ShouldBeFalse("what is not closed can be read");
        other.Kill();
        var settings = StartSettings.Of($"Data Source={Path.Combine(_folder.FullName, "portal.db")}");
        using var portal = Start("dotnet", [typeof(PortalApp).Assembly.Location, .. settings, "--verify-audit", "--anchors", pipe]);

        // Opened once the portal reads it, and by then its settings; closed, it has no line, and the check ends.
        var opening = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), TestContext.Current.CancellationToken);
        await using (await opening.WaitAsync(Limit, TestContext.Current.CancellationToken))
            (await CanReadAsync(portal)).ShouldBeFalse();

        await portal.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        portal.ExitCode.ShouldBe(2, "a file without anchors");
    }

    private static async Task<bool> CanReadAsync(Process process) =>
        await RunAsync("head", "-c1", $"/proc/{process.Id}/environ", $"/proc/{process.Id}/maps") == 0;

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>Root may look into everything: there both sides go without its capabilities.</summary>
    private static Process Start(string program, params string[] arguments)
    {
        string[] line = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-all", "--", program, .. arguments] : [program, .. arguments];
        return Process.Start(new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
    }
}
