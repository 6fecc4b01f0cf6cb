namespace Luware.Portal.Tests.Deployment;

/// <summary>docs/decisions/README.md lists every record by its title.</summary>
public sealed class DecisionsDocumentTests
{
    private const int MostWords = 700;

    private const string Head = """
        # Decisions

        Why the portal is built as it is; each record fits on a page. A record is amended where it stays true otherwise; a new question gets a new one. Numbers have gaps.


        """;

    [Fact]
    public void Every_record_is_listed() =>
        Document.Check("docs/decisions/README.md", Head + string.Concat(Records().Select(r => $"- [{r.Title}]({r.File})\n")));

    [Fact]
    public void No_two_records_have_the_same_number() => Records().Select(r => r.File[..4]).ShouldBeUnique();

    [Fact]
    public void Every_record_says_what_was_asked_or_found() =>
        Texts().Where(r => !r.Text.Contains("**Question.**", StringComparison.Ordinal) && !r.Text.Contains("**Found", StringComparison.Ordinal))
            .Select(r => r.File).ShouldBeEmpty();

    [Fact]
    public void Every_record_fits_on_a_page() =>
        Texts().Where(r => r.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > MostWords).Select(r => r.File).ShouldBeEmpty();

    private static IEnumerable<(string File, string Title)> Records() =>
        from path in Directory.GetFiles(RepositoryFile.Path("docs/decisions"), "0*.md").Order(StringComparer.Ordinal)
        select (Path.GetFileName(path), File.ReadLines(path).First().TrimStart('#', ' '));

    private static IEnumerable<(string File, string Text)> Texts() =>
        Records().Select(r => (r.File, File.ReadAllText(RepositoryFile.Path($"docs/decisions/{r.File}"))));
}
