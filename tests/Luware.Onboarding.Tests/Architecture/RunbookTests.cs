using System.Text.RegularExpressions;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>docs/operations.md must work at night: every alert links to its runbook, and every event it names is logged by the code.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));

    [Fact]
    public void Every_alert_leads_to_its_runbook()
    {
        var runbooks = Heading().Matches(Document).Select(m => Anchor(m.Groups["title"].Value)).ToHashSet(StringComparer.Ordinal);
        var alerts = Document.Split('\n').SkipWhile(line => line != "## Alerts, and what to do").Skip(1).TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();

        alerts.Count.ShouldBeGreaterThan(10);
        alerts.Where(alert => !Link().Matches(alert.Split('|')[^2]).Any(link => runbooks.Contains(link.Groups["anchor"].Value))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_event_that_is_named_is_written_somewhere()
    {
        var written = Repository.Files("src", "*.cs").SelectMany(path => Written().Matches(File.ReadAllText(Path.Combine(Repository.Root, path)))).Select(m => m.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(Document).SelectMany(m => m.Groups["id"].Captures.Select(c => c.Value)).Distinct(StringComparer.Ordinal).ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(id => !written.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void No_two_events_have_one_number() =>
        Repository.Files("src", "*.cs").SelectMany(path => Written().Matches(File.ReadAllText(Path.Combine(Repository.Root, path)))).Select(m => m.Groups["id"].Value)
            .GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();

    /// <summary>Builds a heading's anchor as GitHub does.</summary>
    private static string Anchor(string title) => NotInAnchors().Replace(title.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#(?<anchor>[^)]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"LoggerMessage\((EventId = )?(?<id>\d{4})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Written();

    [GeneratedRegex(@"\b[Ee]vents? (?<id>\d{4})((, | and )(?<id>\d{4}))*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NotInAnchors();
}
