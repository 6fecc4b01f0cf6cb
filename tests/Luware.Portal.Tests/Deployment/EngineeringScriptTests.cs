using System.Diagnostics;

namespace Luware.Portal.Tests.Deployment;

public sealed class EngineeringScriptTests
{
    /// <summary>A machine without one, and a person who may install nothing.</summary>
    [Fact]
    public async Task Without_postgresql_the_tests_go_on_and_say_that_some_are_skipped()
    {
        const string Script = """
            set -euo pipefail
            source eng/tools.sh
            unset PORTAL_TEST_POSTGRES
            ls() { return 2; }
            id() { echo 1000; }
            start_postgres
            echo "and on"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", Script]) { WorkingDirectory = RepositoryFile.Path(""), UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

        var texts = await Task.WhenAll(bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        texts.ShouldBe(["and on\n", "PostgreSQL is not installed: the tests that need it will report themselves skipped.\n"]);
        bash.ExitCode.ShouldBe(0);
    }
}
