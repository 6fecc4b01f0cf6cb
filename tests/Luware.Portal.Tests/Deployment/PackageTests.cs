using Luware.TeamsPowerShell;

namespace Luware.Portal.Tests.Deployment;

/// <summary>What the projects take from packages and frameworks.</summary>
public sealed class PackageTests
{
    [Fact]
    public void The_worker_pool_needs_no_web_framework()
    {
        RepositoryFile.Read("src/Luware.TeamsPowerShell/Luware.TeamsPowerShell.csproj").ShouldNotContain("FrameworkReference");
        typeof(TeamsCommand).Assembly.GetReferencedAssemblies().ShouldAllBe(a => !a.Name!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    /// <summary>Otherwise a stale lock file would be rewritten and pass.</summary>
    [Fact]
    public void The_tests_restore_what_is_locked_and_nothing_else() =>
        RepositoryFile.Read("eng/test.sh").ShouldContain("dotnet build Luware.Portal.sln --configuration Release -p:RestoreLockedMode=true ");
}
