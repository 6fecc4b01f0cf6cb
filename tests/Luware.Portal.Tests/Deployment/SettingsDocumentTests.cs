using System.Text.RegularExpressions;
using Luware.Portal.Settings;

namespace Luware.Portal.Tests.Deployment;

/// <summary>docs/settings.md and the table of README.md are what appsettings.json and an empty start say.</summary>
public sealed partial class SettingsDocumentTests
{
    private static readonly IReadOnlyList<SettingsDocument.Setting> Settings = SettingsDocument.Read(RepositoryFile.Path("appsettings.json"));

    [Fact]
    public void Every_setting_is_in_the_document() => Document.Check("docs/settings.md", _ => SettingsDocument.Whole(Settings));

    [Fact]
    public void The_readme_lists_what_must_be_set() =>
        Document.Check("README.md", readme => Table().Replace(readme, _ => $"<!-- settings -->\n{SettingsDocument.Short(Settings, Required())}<!-- /settings -->"));

    /// <summary>The keys that a start without any setting complains about, in their order in the file.</summary>
    private static IEnumerable<string> Required()
    {
        var faults = Should.Throw<SettingsException>(() => PortalApp.Build([])).Message;
        return Settings.Select(s => s.Key).Where(key => Regex.IsMatch(faults, $@"^- {Regex.Escape(key)}\b(?!:)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex("<!-- settings -->.*<!-- /settings -->", RegexOptions.Singleline, 1000)]
    private static partial Regex Table();
}
