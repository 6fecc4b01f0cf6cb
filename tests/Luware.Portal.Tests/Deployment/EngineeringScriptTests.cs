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
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = RepositoryFile.Path(""), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;

        var texts = await Task.WhenAll(
            bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        texts.ShouldBe([$"{before}and on\n", "PostgreSQL is not installed: the tests that need it will report themselves skipped.\n"]);
        bash.ExitCode.ShouldBe(0);
    }
}
