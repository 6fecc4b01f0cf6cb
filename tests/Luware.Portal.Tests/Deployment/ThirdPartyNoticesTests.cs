using System.Text.Json;
using System.Xml.Linq;

namespace Luware.Portal.Tests.Deployment;

/// <summary>THIRD-PARTY-NOTICES.md names every package that the portal ships, with its licence.</summary>
public sealed class ThirdPartyNoticesTests
{
    /// <summary>They take part in the build alone.</summary>
    private static readonly string[] Analyzers = ["Meziantou.Analyzer", "Roslynator.Analyzers"];

    private const string Mit = "MIT", Apache = "Apache-2.0", Microsoft = "Microsoft Software License Terms";

    /// <summary>Licences of the packages that carry theirs as a file or offer a choice.</summary>
    private static readonly Dictionary<string, string> Read = new(StringComparer.Ordinal)
    {
        ["Apache.Arrow"] = Apache,
        ["CsvHelper"] = Apache,
        ["Microsoft.Data.SqlClient.SNI.runtime"] = Microsoft,
        ["Microsoft.Graph"] = Mit,
        ["Microsoft.Graph.Core"] = Mit,
        ["Microsoft.Identity.Client.NativeInterop"] = Microsoft,
    };

    [Fact]
    public void Every_package_is_named_with_its_licence() => Document.CheckTable(
        "THIRD-PARTY-NOTICES.md", "packages",
        $"| package | version | licence | copyright |\n|---|---|---|---|\n{string.Concat(Packages().Select(Row))}");

    [Fact]
    public void Every_product_package_is_among_them()
    {
        var props = XDocument.Load(RepositoryFile.Path("Directory.Packages.props"));
        // Makes migrations and is not shipped.
        string[] tools = ["Microsoft.EntityFrameworkCore.Design"];

        var product = props.Descendants("ItemGroup").Single(g => (string?)g.Attribute("Label") == "Product")
            .Elements("PackageVersion").Select(p => (string)p.Attribute("Include")!).Except(tools).ToList();

        product.Count.ShouldBeGreaterThan(10);
        product.Except(Shared()).Except(Packages().Select(p => p.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_licence_has_its_text()
    {
        var notices = RepositoryFile.Read("THIRD-PARTY-NOTICES.md");

        Packages().Select(LicenceOf).Distinct(StringComparer.Ordinal)
            .Where(licence => !notices.Contains($"\n### {licence}\n", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_image_carries_both_files()
    {
        var last = RepositoryFile.Read("Dockerfile").Split("\nFROM ")[^1];

        last.ShouldContain("COPY LICENSE THIRD-PARTY-NOTICES.md /licenses/");
    }

    /// <summary>Of the library alone: in the portal they are parts of the shared framework.</summary>
    private static IEnumerable<string> Shared() =>
        Locked("src/Luware.TeamsPowerShell/packages.lock.json").Select(p => p.Name)
            .Where(name => name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));

    private static List<(string Name, string Version)> Packages() => Locked("src/Luware.Portal/packages.lock.json");

    private static List<(string Name, string Version)> Locked(string file)
    {
        using var document = JsonDocument.Parse(RepositoryFile.Read(file));
        return
        [
            .. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
                .Where(package => package.Value.GetProperty("type").GetString() != "Project" && !Analyzers.Contains(package.Name))
                .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!))
                .Distinct().OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static string Row((string Name, string Version) package)
    {
        var about = About(package);
        var copyright = about.Element(about.Name.Namespace + "copyright")?.Value ?? about.Element(about.Name.Namespace + "authors")?.Value;
        return $"| {package.Name} | {package.Version} | {LicenceOf(package)} | {copyright} |\n";
    }

    private static string LicenceOf((string Name, string Version) package)
    {
        var about = About(package);
        var licence = about.Element(about.Name.Namespace + "license");
        return Read.GetValueOrDefault(package.Name)
            ?? ((string?)licence?.Attribute("type") == "expression"
                ? licence!.Value
                : throw new InvalidOperationException($"{package.Name} names no licence by its expression: read it, and name it in this test."));
    }

    /// <summary>What the package says about itself, in the folder from which the build took it.</summary>
    private static XElement About((string Name, string Version) package)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (name, version) = (package.Name.ToLowerInvariant(), package.Version.ToLowerInvariant());
        return XDocument.Load(Path.Combine(folder, name, version, $"{name}.nuspec")).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
    }
}
