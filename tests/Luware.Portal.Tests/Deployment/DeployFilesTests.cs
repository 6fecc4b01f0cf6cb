using System.Globalization;
using System.Text.RegularExpressions;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Configuration;

namespace Luware.Portal.Tests.Deployment;

/// <summary>What the files of a deployment set, the portal knows; and they pin the same versions. eng/deploy-check.sh compiles and lints them.</summary>
public sealed partial class DeployFilesTests
{
    /// <summary>The framework's own, which appsettings.json leaves away.</summary>
    private const string Console = "Logging:Console:";

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("deploy/compose.yaml")]
    [InlineData("deploy/main.bicep")]
    public void Every_setting_is_one_that_the_portal_knows(string file)
    {
        var used = Setting().Matches(RepositoryFile.Read(file)).Select(m => Placeholder().Replace(m.Value, "*").Replace("__", ":", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();

        used.Count.ShouldBeGreaterThan(3);
        used.Where(key => !key.StartsWith(Console, StringComparison.Ordinal) && !Known.Any(known => Matches(key, known))).ShouldBeEmpty();
    }

    [Fact]
    public void The_image_has_the_powershell_that_the_tests_use_and_a_module_that_is_new_enough()
    {
        var dockerfile = RepositoryFile.Read("Dockerfile");

        Argument(dockerfile, "POWERSHELL_VERSION").ShouldBe([PowerShellVersion().Match(RepositoryFile.Read("eng/tools.sh")).Groups["version"].Value]);
        Argument(dockerfile, "TEAMS_MODULE_VERSION").Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        Version.Parse(Argument(dockerfile, "TEAMS_MODULE_VERSION")[0]).ShouldBeGreaterThanOrEqualTo(TeamsCmdlets.OldestModule);
    }

    [Fact]
    public void The_image_runs_as_nobody_special_and_says_how_it_is()
    {
        var last = RepositoryFile.Read("Dockerfile").Split("\nFROM ")[^1];

        last.ShouldContain("\nUSER $APP_UID\n");
        last.ShouldContain("/health/live");
        last.ShouldContain("DOTNET_EnableDiagnostics=0");
    }

    [Fact]
    public void No_probe_fails_more_often_than_container_apps_allow()
    {
        var thresholds = Threshold().Matches(RepositoryFile.Read("deploy/main.bicep")).Select(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture)).ToList();

        thresholds.Count.ShouldBe(3);
        thresholds.ShouldAllBe(count => count >= 1 && count <= 10);
    }

    /// <summary>As deploy/README.md reckons it.</summary>
    [Fact]
    public void The_container_has_memory_for_the_portal_and_all_its_workers()
    {
        var bicep = RepositoryFile.Read("deploy/main.bicep");
        var limit = new ConfigurationBuilder().AddJsonFile(RepositoryFile.Path("appsettings.json")).Build().GetValue<int>("Teams:MemoryLimit");
        var workers = int.Parse(Workers().Match(bicep).Groups["count"].Value, CultureInfo.InvariantCulture);

        var gigabytes = Memory().Matches(bicep).Max(m => int.Parse(m.Groups["size"].Value, CultureInfo.InvariantCulture));

        (gigabytes * 1024).ShouldBeGreaterThanOrEqualTo(512 + (workers * limit));
    }

    [Fact]
    public void Every_secret_of_the_compose_file_has_its_owner_in_the_readme()
    {
        var readme = RepositoryFile.Read("deploy/README.md");

        var files = SecretFile().Matches(RepositoryFile.Read("deploy/compose.yaml")).Select(m => m.Groups["name"].Value).ToList();

        files.Count.ShouldBe(6);
        files.Where(file => !readme.Split('\n').Any(row => row.StartsWith('|') && row.Contains($"`{file}`", StringComparison.Ordinal) && (row.Contains("1654", StringComparison.Ordinal) || row.Contains("10001", StringComparison.Ordinal)))).ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Known { get; } =
        [.. new ConfigurationBuilder().AddJsonFile(RepositoryFile.Path("appsettings.json")).Build().AsEnumerable().Select(s => s.Key)];

    // An entry of a list, and a region, is a setting like the first.
    private static bool Matches(string used, string known) =>
        used.Contains('*', StringComparison.Ordinal)
            ? Regex.IsMatch(known, $"^{Regex.Escape(used).Replace("\\*", "[^:]+", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1))
            : used == known || Index().Replace(used, "") == known;

    private static List<string> Argument(string dockerfile, string name) =>
        [.. Regex.Matches(dockerfile, $@"^ARG {name}=(?<version>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(m => m.Groups["version"].Value)];

    [GeneratedRegex(@"(?<![\w.])[A-Z][A-Za-z]+(__([A-Za-z0-9]|\$\{[^}]+\})+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"local version=(?<version>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PowerShellVersion();

    [GeneratedRegex(@"failureThreshold: (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Threshold();

    [GeneratedRegex(@"memory: '(?<size>\d+)Gi'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Memory();

    [GeneratedRegex(@"'Teams__MaxWorkers', value: '(?<count>\d+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Workers();

    [GeneratedRegex(@"file: secrets/(?<name>\S+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@":\d+$", RegexOptions.None, 1000)]
    private static partial Regex Index();
}
