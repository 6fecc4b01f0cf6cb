using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>What stores and reads rows is tested on a server too: eng/test.sh names the namespaces that run there a second time.</summary>
public sealed partial class SecondPassTests
{
    /// <summary>
    /// Tests of a file that is copied, of what is done to a database before there is a portal, of what is swept from rows (RetentionTests does so on each
    /// server), and the matrix of circuits, whose pages come too late where a busy machine shares its time with a server.
    /// </summary>
    private static readonly string[] OfOneDatabase =
        ["Data/BackupTests.cs", "Data/DatabaseScriptTests.cs", "Data/HousekeepingTests.cs", "Isolation/Circuits/Stage.cs"];

    [Fact]
    public void Every_test_that_leaves_its_database_open_runs_on_a_server_too()
    {
        var again = Namespace().Matches(string.Join('\n', Repository.Lines("eng/test.sh"))).Select(m => m.Groups["pattern"].Value).ToList();
        var open = Repository.Files("tests/Luware.Onboarding.Tests", "*.cs").Select(path => (Path: path, Text: string.Join('\n', Repository.Lines(path))))
            .Where(file => Stores().IsMatch(file.Text) && !Chosen().IsMatch(file.Text)).ToList();

        open.Count.ShouldBeGreaterThan(40);
        open.Where(file => !again.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, Declared().Match(file.Text).Groups["name"].Value)))
            .Select(file => file.Path.Replace("tests/Luware.Onboarding.Tests/", "", StringComparison.Ordinal))
            .ShouldBe(OfOneDatabase);
    }

    [GeneratedRegex("""-namespace "(?<pattern>[^"]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex("^namespace (?<name>.+);$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Declared();

    [GeneratedRegex(@"EngineHost\.StartAsync\(|(TestDatabase|ChainFixture|OwnDatabase)\.CreateAsync\(\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stores();

    /// <summary>Classes that name the database on which they run.</summary>
    [GeneratedRegex(@"class \w+On(Sqlite|PostgreSql|SqlServer)Tests\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Chosen();
}
