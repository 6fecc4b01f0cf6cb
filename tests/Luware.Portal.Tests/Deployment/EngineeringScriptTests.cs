using System.Diagnostics;

namespace Luware.Portal.Tests.Deployment;

public sealed class EngineeringScriptTests
{
    /// <summary>A machine without one, and a person who may install nothing, or one without a connection to what would be installed.</summary>
    [Theory]
    [InlineData("id() { echo 1000; }", "")]
    [InlineData("id() { echo 0; }; apt-get() { return 100; }", "Installing postgresql …\n")]
    public async Task Without_postgresql_the_tests_go_on_and_say_that_some_are_skipped(string machine, string before)
    {
        var script = $$"""
            set -euo pipefail
            source eng/tools.sh
            unset PORTAL_TEST_POSTGRES
            ls() { return 2; }
            {{machine}}
            start_postgres
            echo "and on"
            """;
        var (code, output, errors) = await RunAsync("bash", "-c", script);

        (code, output, errors)
            .ShouldBe((0, $"{before}and on\n", "PostgreSQL is not installed: the tests that need it will report themselves skipped.\n"));
    }

    [Theory]
    [InlineData("""total="2" passed="1" failed="0" skipped="1" errors="0">""", "1 passed, 0 failed, 1 skipped", 0)]
    [InlineData("""skipped="1">""", "0 passed, 0 failed, 1 skipped", 0)]
    [InlineData("""total="2" passed="1" failed="1" skipped="0" errors="1">""", "1 passed, 2 failed, 0 skipped", 1)]
    [InlineData("""total="0" passed="0" failed="0" skipped="0" errors="0">""", "0 passed, 1 failed, 0 skipped", 1)]
    [InlineData(null, "0 passed, 1 failed, 0 skipped", 1)]
    public async Task A_project_that_has_run_no_test_counts_as_failed(string? assembly, string sum, int ends)
    {
        var report = Path.GetTempFileName();
        await File.WriteAllTextAsync(report, assembly is null ? "" : $"<assemblies><assembly {assembly}</assembly></assemblies>", default);

        var (code, output, _) = await RunAsync("node", "eng/sum.js", report);

        File.Delete(report);
        (code, output.TrimEnd().Split('\n')[^1]).ShouldBe((ends, sum));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = RepositoryFile.Path(""), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, texts[0], texts[1]);
    }
}
