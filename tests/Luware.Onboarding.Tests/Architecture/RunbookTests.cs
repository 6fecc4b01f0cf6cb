using System.Text.RegularExpressions;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>docs/operations.md must work at night: every alert links to its runbook, and every event it names is logged by the code.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Document = Read("docs/operations.md"), Deployment = Read("deploy/README.md");
    private static readonly HashSet<string> Headings = [.. Heading().Matches(Document).Select(m => Anchor(m.Groups["title"].Value))];
    private static readonly List<string> Alerts =
    [
        .. Document.Split('\n').SkipWhile(line => line != "## Alerts, and what to do").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1),
    ];

    [Fact]
    public void Every_alert_leads_to_its_runbook()
    {
        Alerts.Count.ShouldBeGreaterThan(10);
        Alerts.Where(alert => !Link().Matches(alert.Split('|')[^2]).Any(link => Headings.Contains(link.Groups["anchor"].Value))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_leads_to_a_heading()
    {
        var links = Link().Matches(Document).Concat(LinkFromOutside().Matches(Deployment)).Select(m => m.Groups["anchor"].Value).ToList();

        links.Count.ShouldBeGreaterThan(30);
        links.Where(link => !Headings.Contains(link)).ShouldBeEmpty();
    }

    /// <summary>On Container Apps nobody guesses how.</summary>
    [Fact]
    public void Whoever_is_told_to_stop_all_processes_is_led_to_how()
    {
        var told = Told().Matches(Document + Deployment);

        told.Count.ShouldBeGreaterThan(1);
        told.Where(m => !m.Groups["link"].Success).ShouldBeEmpty();
    }

    [Fact]
    public void A_database_that_was_put_back_has_the_name_that_the_portal_uses()
    {
        var name = DatabaseName().Match(Read("deploy/main.bicep")).Groups["name"].Value;

        var renamed = Renamed().Matches(Document).Select(m => (From: m.Groups["from"].Value, To: m.Groups["to"].Value)).ToList();

        renamed.Select(r => r.From).ShouldBe([name, "portal-back"]);
        renamed[^1].To.ShouldBe(name);
        Document.ShouldContain($"--name {name} --dest-name portal-back ");
    }

    [Fact]
    public void Every_event_that_is_named_is_written_somewhere()
    {
        var written = Events().Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        var named = NamedIn(Document);

        named.Count.ShouldBeGreaterThan(10);
        named.Where(id => !written.Contains(id)).ShouldBeEmpty();
    }

    /// <summary>What the portal calls an error, somebody is called for.</summary>
    [Fact]
    public void Every_error_has_its_place_in_the_runbook()
    {
        var errors = Events().Where(e => e.Level is "Error" or "Critical").Select(e => e.Id).ToList();

        errors.Count.ShouldBeGreaterThan(5);
        errors.Except(NamedIn(Document), StringComparer.Ordinal).ShouldBeEmpty();
    }

    /// <summary>Except the canary's: a portal whose first worker fails is not ready, which raises an alert of its own.</summary>
    [Fact]
    public void Every_error_raises_an_alert()
    {
        var errors = Events().Where(e => e.Level is "Error" or "Critical").Select(e => e.Id);

        errors.Except(NamedIn(string.Join('\n', Alerts)), StringComparer.Ordinal).ShouldBe(["1021"]);
    }

    [Fact]
    public void The_events_that_hold_a_tenant_are_those_that_are_named() =>
        NamedIn(Document[Document.IndexOf("Logs name no person", StringComparison.Ordinal)..].Split("\n\n")[0])
            .ShouldBe(Events()
                .Where(e => e.Message.Contains("{TenantId}", StringComparison.Ordinal) || e.Message.Contains("{EntraTenantId}", StringComparison.Ordinal))
                .Select(e => e.Id), ignoreOrder: true);

    [Fact]
    public void No_two_events_have_one_number() =>
        Events().GroupBy(e => e.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IReadOnlyList<string> NamedIn(string text) =>
        [.. Named().Matches(text).SelectMany(m => m.Groups["id"].Captures.Select(c => c.Value)).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<(string Id, string Level, string Message)> Events() =>
        Repository.Files("src", "*.cs").SelectMany(path => Written().Matches(Read(path)))
            .Select(m => (m.Groups["id"].Value, m.Groups["level"].Value, m.Groups["message"].Value));

    /// <summary>Builds a heading's anchor as GitHub does.</summary>
    private static string Anchor(string title) => NotInAnchors().Replace(title.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\(\.\./docs/operations\.md#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkFromOutside();

    [GeneratedRegex(@"(?<!### )(?<link>\[)?stop all processes(?(link)\]\((\.\./docs/operations\.md)?#stop-all-processes\))",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Told();

    [GeneratedRegex(@"resource database 'databases' = \{\s+name: '(?<name>\w+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DatabaseName();

    [GeneratedRegex(@"az sql db rename .*--name (?<from>\S+) --new-name (?<to>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Renamed();

    /// <summary>The level is missing where the caller passes it.</summary>
    [GeneratedRegex(@"LoggerMessage\(\s*(EventId = )?(?<id>\d{4})(,\s+(Level = )?LogLevel\.(?<level>\w+))?(?<message>.+?)\)\]\n",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\b[Ee]vents? (?<id>\d{4})( \([^)]*\))?((, | and | or )(?<id>\d{4})( \([^)]*\))?)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}
