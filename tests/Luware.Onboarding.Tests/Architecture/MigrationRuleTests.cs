using System.Text.RegularExpressions;

namespace Luware.Onboarding.Tests.Architecture;

/// <summary>
/// During an upgrade old and new portals run side by side, so a migration must keep what old ones read and write (CONTRIBUTING, "Change the database").
/// </summary>
public sealed partial class MigrationRuleTests
{
    /// <summary>Migrations that require all portals to be stopped, by name with the reason; docs/operations.md names them too.</summary>
    private static readonly Dictionary<string, string> Takes = new(StringComparer.Ordinal);

    [Fact]
    public void A_migration_takes_nothing_away_that_an_older_portal_uses() =>
        Taking().ShouldBe(
            Takes.Keys, ignoreOrder: true, "Expand now and contract in a later version, or name the migration here with its reason and in docs/operations.md.");

    [Fact]
    public void Operations_name_every_migration_before_which_all_portals_are_stopped()
    {
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));

        Takes.Keys.Where(name => !document.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>The rule itself, because the migrations that are there keep it.</summary>
    [Theory]
    [InlineData("migrationBuilder.DropColumn(name: \"Mail\", table: \"People\");", true)]
    [InlineData("migrationBuilder.RenameTable(name: \"People\", newName: \"Persons\");", true)]
    [InlineData("migrationBuilder.AlterColumn<string>(name: \"Mail\", table: \"People\", nullable: false);", true)]
    [InlineData("migrationBuilder.AddUniqueConstraint(name: \"AK\", table: \"People\", column: \"Mail\");", true)]
    [InlineData("migrationBuilder.CreateIndex(name: \"IX\", table: \"People\", column: \"Mail\", unique: true);", true)]
    [InlineData("migrationBuilder.Sql(\"ALTER TABLE People RENAME TO Persons\");", true)]
    [InlineData("migrationBuilder.AddColumn<string>(name: \"Mail\", table: \"People\", nullable: true);", false)]
    [InlineData("migrationBuilder.CreateIndex(name: \"IX\", table: \"People\", column: \"Mail\");", false)]
    public void What_takes_something_away_from_an_older_portal_is_recognized(string change, bool takes) => Takeaway().IsMatch(change).ShouldBe(takes);

    private static IEnumerable<string> Taking()
    {
        var migrations = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Luware.Onboarding/Data"), "*_*.cs", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".Designer.cs", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path).Split('_', 2)[1], StringComparer.Ordinal);
        migrations["First"].Count().ShouldBe(3, "one for each database");
        return migrations.Where(m => m.Key != "First" && m.Any(path => Takeaway().IsMatch(Up().Match(File.ReadAllText(path)).Value))).Select(m => m.Key);
    }

    [GeneratedRegex(@"void Up\(.*?(?=void Down\(|\z)", RegexOptions.Singleline, 1000)]
    private static partial Regex Up();

    [GeneratedRegex(@"\b((Drop|Rename)\s?(Column|Table)|AlterColumn|AddUniqueConstraint|AddCheckConstraint|DropPrimaryKey)\b|\bunique: true\b|\bRENAME TO\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Takeaway();
}
