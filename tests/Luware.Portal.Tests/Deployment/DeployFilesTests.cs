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
        var used = Setting().Matches(RepositoryFile.Read(file))
            .Select(m => Placeholder().Replace(m.Value, "*").Replace("__", ":", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).ToList();

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
        var thresholds = Threshold().Matches(RepositoryFile.Read("deploy/main.bicep"))
            .Select(m => int.Parse(m.Groups["count"].Value, CultureInfo.InvariantCulture)).ToList();

        thresholds.Count.ShouldBe(3);
        thresholds.ShouldAllBe(count => count >= 1 && count <= 10);
    }

    /// <summary>As deploy/README.md reckons it.</summary>
    [Fact]
    public void The_container_has_memory_for_all_its_workers_and_the_heap_for_all_its_pages()
    {
        const int Besides = 256, KibibytesOfAPage = 310;
        var bicep = RepositoryFile.Read("deploy/main.bicep");
        var defaults = new ConfigurationBuilder().AddJsonFile(RepositoryFile.Path("appsettings.json")).Build();
        var workers = int.Parse(Value(bicep, "Teams__MaxWorkers"), CultureInfo.InvariantCulture);
        var pages = int.Parse(Value(bicep, "Limits__OpenPages"), CultureInfo.InvariantCulture) + defaults.GetValue<int>("Limits:LostPages");
        var heap = Convert.ToInt64(Value(bicep, "DOTNET_GCHeapHardLimit"), 16) / 1024 / 1024;

        var gigabytes = Memory().Matches(bicep).Max(m => int.Parse(m.Groups["size"].Value, CultureInfo.InvariantCulture));

        (gigabytes * 1024).ShouldBeGreaterThanOrEqualTo((int)heap + Besides + (workers * defaults.GetValue<int>("Teams:MemoryLimit")));
        (heap * 3 / 4).ShouldBeGreaterThanOrEqualTo(pages * KibibytesOfAPage / 1024);
        var weight = PageWeight().Match(RepositoryFile.Read("docs/performance.md")).Groups["kibibytes"].Value;
        int.Parse(weight, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(KibibytesOfAPage);
    }

    [Fact]
    public void Only_the_job_that_migrates_has_the_identity_that_may_change_tables()
    {
        var bicep = RepositoryFile.Read("deploy/main.bicep");
        var portal = bicep[bicep.IndexOf("\nresource portal ", StringComparison.Ordinal)..bicep.IndexOf("\noutput ", StringComparison.Ordinal)];

        portal.ShouldContain("identity.properties.clientId");
        portal.ShouldNotContain("migrator");
        Owner().Matches(bicep).Select(m => m.Groups["user"].Value).ShouldBe(["migrator"]);
    }

    /// <summary>The type of an environment decides from which network its ingress speaks.</summary>
    [Fact]
    public void The_ingress_that_is_believed_is_the_one_of_the_environment()
    {
        var bicep = RepositoryFile.Read("deploy/main.bicep");

        bicep.ShouldContain("{ name: 'Portal__Proxies__0', value: '100.64.0.0/10' }");
        bicep.ShouldContain("workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]");
        bicep.Split("workloadProfileName: 'Consumption'").Length.ShouldBe(3);
    }

    [Fact]
    public void The_job_that_migrates_has_time_for_a_statement_that_takes_as_long_as_it_may() =>
        TimeSpan.FromSeconds(int.Parse(JobLimit().Match(RepositoryFile.Read("deploy/main.bicep")).Groups["seconds"].Value, CultureInfo.InvariantCulture))
            .ShouldBeGreaterThan(TimeSpan.FromHours(1));

    [Fact]
    public void The_readme_names_each_parameter_that_is_to_be_set()
    {
        var readme = RepositoryFile.Read("deploy/README.md");

        var parameters = Parameter().Matches(RepositoryFile.Read("deploy/main.bicepparam")).Select(m => m.Groups["name"].Value).ToList();

        parameters.Count.ShouldBeGreaterThan(8);
        parameters.Where(parameter => !readme.Contains($"`{parameter}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Whoever deploys without a collector has said so.</summary>
    [Fact]
    public void Where_metrics_go_has_no_default() => RepositoryFile.Read("deploy/main.bicep").ShouldContain("\nparam otlpEndpoint string\n");

    [Fact]
    public void Something_takes_orphans_away_in_every_container_and_is_not_there_twice()
    {
        var dockerfile = RepositoryFile.Read("Dockerfile");

        dockerfile.ShouldContain("fonts-dejavu-core tini ");
        dockerfile.ShouldContain("""ENTRYPOINT ["tini", "--", "dotnet", """);
        RepositoryFile.Read("deploy/compose.yaml").ShouldNotContain("init:");
    }

    [Fact]
    public void Every_secret_of_the_compose_file_has_its_owner_in_the_readme()
    {
        var readme = RepositoryFile.Read("deploy/README.md");

        var files = SecretFile().Matches(RepositoryFile.Read("deploy/compose.yaml")).Select(m => m.Groups["name"].Value).ToList();

        files.Count.ShouldBe(6);
        files.Where(file => !readme.Split('\n').Any(row => row.StartsWith('|')
                && row.Contains($"`{file}`", StringComparison.Ordinal)
                && (row.Contains("1654", StringComparison.Ordinal) || row.Contains("10001", StringComparison.Ordinal))))
            .ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Known { get; } =
        [.. new ConfigurationBuilder().AddJsonFile(RepositoryFile.Path("appsettings.json")).Build().AsEnumerable().Select(s => s.Key)];

    // An entry of a list, and a region, is a setting like the first.
    private static bool Matches(string used, string known) =>
        used.Contains('*', StringComparison.Ordinal)
            ? Regex.IsMatch(known, $"^{Regex.Escape(used).Replace("\\*", "[^:]+", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1))
            : used == known || Index().Replace(used, "") == known;

    private static string Value(string bicep, string setting) =>
        Regex.Match(bicep, $@"'{setting}', value: '(?<value>\w+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value;

    private static List<string> Argument(string dockerfile, string name) =>
    [
        .. Regex.Matches(dockerfile, $@"^ARG {name}=(?<version>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(m => m.Groups["version"].Value),
    ];

    [GeneratedRegex(@"(?<![\w.])[A-Z][A-Za-z]+(__([A-Za-z0-9]|\$\{[^}]+\})+)+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"\$\{[^}]+\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"local version=(?<version>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PowerShellVersion();

    [GeneratedRegex(@"failureThreshold: (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Threshold();

    [GeneratedRegex(@"replicaTimeout: (?<seconds>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex JobLimit();

    [GeneratedRegex(@"^param (?<name>\w+) = ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"memory: '(?<size>\d+)Gi'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Memory();

    [GeneratedRegex(@"^\| live heap per circuit, KiB[^|]*\|[^|]*\|[^|]*\| (?<kibibytes>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageWeight();

    [GeneratedRegex(@"db_owner ADD MEMBER \[\$\{(?<user>\w+)\.name\}\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Owner();

    [GeneratedRegex(@"file: secrets/(?<name>\S+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@":\d+$", RegexOptions.None, 1000)]
    private static partial Regex Index();
}
