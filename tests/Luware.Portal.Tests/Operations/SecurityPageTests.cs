using System.Text.RegularExpressions;
using Luware.Portal.Tests.Deployment;

namespace Luware.Portal.Tests.Operations;

/// <summary>docs/security.md promises a test for each threat.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadLines(RepositoryFile.Path("docs/security.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| threat |", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_threat_names_its_tests() => Rows.ShouldAllBe(row => Name().Count(row) > 0);

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var tests = Directory.EnumerateFiles(RepositoryFile.Path("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file => Test().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

        var named = Rows.SelectMany(row => Name().Matches(row).Select(m => m.Groups["name"].Value)).ToList();

        named.Count.ShouldBeGreaterThan(50);
        named.Where(name => !tests.Contains(name)).ShouldBeEmpty();
    }

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\[(Fact|Theory)[^\n]*\n(\s*\[[^\n]*\n|[^\n]*\)\]\n)*\s*public (async Task|void|Task) (?<name>\w+)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Test();
}
