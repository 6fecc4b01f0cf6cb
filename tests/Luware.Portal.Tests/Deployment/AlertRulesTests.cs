using System.Text.RegularExpressions;

namespace Luware.Portal.Tests.Deployment;

/// <summary>deploy/alerts.yaml and docs/operations.md name the same metrics, tags and runbooks. eng/alerts-check.sh checks what the rules raise.</summary>
public sealed partial class AlertRulesTests
{
    private static readonly string Operations = RepositoryFile.Read("docs/operations.md");
    private static readonly List<(string Alert, string Expression, string Runbook)> Rules =
    [
        .. Rule().Matches(RepositoryFile.Read("deploy/alerts.yaml"))
            .Select(m => (m.Groups["alert"].Value, m.Groups["expr"].Value, m.Groups["runbook"].Value)),
    ];

    [Fact]
    public void Every_metric_of_the_portal_has_the_name_that_Prometheus_gives_it()
    {
        var names = Metrics().SelectMany(m => m.Names).ToHashSet(StringComparer.Ordinal);
        var used = Rules.SelectMany(r => Own().Matches(r.Expression)).Select(m => m.Value).Distinct(StringComparer.Ordinal).ToList();

        used.Count.ShouldBeGreaterThan(8);
        used.Where(name => !names.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_metric_of_the_portal_is_asked_for_tags_that_it_has()
    {
        var tags = Metrics().SelectMany(m => m.Names.Select(name => (name, m.Tags))).ToDictionary(m => m.name, m => m.Tags, StringComparer.Ordinal);

        foreach (var selector in Rules.SelectMany(r => Selector().Matches(r.Expression)).Where(m => Own().IsMatch(m.Groups["metric"].Value)))
            selector.Groups["label"].Captures.Select(c => c.Value)
                .Except(tags[selector.Groups["metric"].Value], StringComparer.Ordinal).ShouldBeEmpty(selector.Value);
    }

    [Fact]
    public void Every_rule_leads_to_its_runbook()
    {
        var headings = Heading().Matches(Operations).Select(m => m.Groups["title"].Value.ToLowerInvariant().Replace(' ', '-')).ToList();

        Rules.Count.ShouldBe(RepositoryFile.Read("deploy/alerts.yaml").Split("- alert: ").Length - 1);
        Rules.Where(r => !headings.Contains(r.Runbook, StringComparer.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_on_a_metric_has_its_rule()
    {
        var metrics = Alerts().SelectMany(row => Metric().Matches(row))
            .Select(m => m.Groups["name"].Value.Replace('.', '_'))
            .Distinct(StringComparer.Ordinal).ToList();

        metrics.Count.ShouldBeGreaterThan(10);
        metrics.Where(metric => !Rules.Exists(r => r.Expression.Contains(metric, StringComparison.Ordinal))).ShouldBeEmpty();
        var runbooks = Alerts().Where(row => Metric().IsMatch(row)).Select(row => Link().Match(row).Groups["anchor"].Value);
        runbooks.Distinct(StringComparer.Ordinal).Except(Rules.Select(r => r.Runbook), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void The_limit_of_pages_is_the_one_that_is_deployed() =>
        Rules.Single(r => r.Alert == "PagesNearTheirLimit").Expression
            .ShouldContain($"> 0.8 * {Pages().Match(RepositoryFile.Read("deploy/main.bicep")).Groups["count"].Value}\n");

    [Fact]
    public void The_number_of_replicas_is_the_one_that_is_deployed() =>
        Rules.Single(r => r.Alert == "PortalReplicaMissing").Expression
            .ShouldContain($"< {Replicas().Match(RepositoryFile.Read("deploy/main.bicep")).Groups["count"].Value}\n");

    /// <summary>The rows of the table of metrics, each with the names of its series and its tags.</summary>
    private static IEnumerable<(IReadOnlyList<string> Names, string[] Tags)> Metrics() => MetricRow().Matches(Operations).Select(row =>
    {
        var (name, type) = (row.Groups["name"].Value.Replace('.', '_'), row.Groups["type"].Value);
        IReadOnlyList<string> names = type switch
        {
            "histogram, s" => [$"{name}_seconds_bucket", $"{name}_seconds_count", $"{name}_seconds_sum"],
            "gauge, s" => [$"{name}_seconds"],
            "counter" => [$"{name}_total"],
            // A unit that the name holds already is not added, and neither is one in braces.
            "gauge" or "gauge, d" or "up-down counter" => [name],
            _ => throw new InvalidOperationException($"How does Prometheus name a {type}?"),
        };
        return (names, row.Groups["tags"].Value.TrimEnd().Split(", "));
    });

    private static IEnumerable<string> Alerts() =>
        Operations.Split('\n')
            .SkipWhile(line => line != "## Alerts, and what to do").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal));

    [GeneratedRegex(
        @"- alert: (?<alert>\w+)\n +expr: (\|-\n)?(?<expr>.+?\n)        (for|labels): .*?runbook: docs/operations\.md#(?<runbook>\S+)",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\b(onboarding|portal|teams)_\w+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Own();

    [GeneratedRegex("""(?<metric>\w+)\{(?<label>\w+)[!=~]+"[^"]*"(, (?<label>\w+)[!=~]+"[^"]*")*\}""", RegexOptions.ExplicitCapture, 1000)]
    internal static partial Regex Selector();

    [GeneratedRegex(@"^\| `(?<name>[a-z_.]+)` \| (?<type>[^|]+) \| [^|]+ \| (?<tags>[a-z, ]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"`(?<name>(onboarding|portal|teams|http|aspnetcore|kestrel)\.[a-z_.]+)(\{[^}`]*\})?`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"'Limits__OpenPages', value: '(?<count>\d+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pages();

    [GeneratedRegex(@"^param replicas int = (?<count>\d+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Replicas();
}
