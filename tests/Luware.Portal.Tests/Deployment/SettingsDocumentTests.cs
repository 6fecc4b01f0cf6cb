using System.Text.RegularExpressions;
using Luware.Portal.Settings;

namespace Luware.Portal.Tests.Deployment;

/// <summary>docs/settings.md and the table of README.md are what appsettings.json and an empty start say.</summary>
public sealed partial class SettingsDocumentTests
{
    private const string RenewVariable = "PORTAL_RENEW_DOCUMENTS";
    private const string Renew = $"It is stale. Renew it: {RenewVariable}=1 dotnet run --project tests/Luware.Portal.Tests -- -class \"*SettingsDocumentTests\"";

    private static readonly IReadOnlyList<SettingsDocument.Setting> Settings = SettingsDocument.Read(RepositoryFile.Path("appsettings.json"));

    [Fact]
    public void Every_setting_is_in_the_document() => Check("docs/settings.md", _ => SettingsDocument.Whole(Settings));

    [Fact]
    public void The_readme_lists_what_must_be_set() =>
        Check("README.md", readme => Table().Replace(readme, _ => $"<!-- settings -->\n{SettingsDocument.Short(Settings, Required())}<!-- /settings -->"));

    private static void Check(string file, Func<string, string> make)
    {
        var text = File.Exists(RepositoryFile.Path(file)) ? RepositoryFile.Read(file) : "";
        var wanted = make(text);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
            File.WriteAllText(RepositoryFile.Path(file), wanted);
        else
            text.ShouldBe(wanted, $"{file}: {Renew}");
    }

    /// <summary>The keys that a start without any setting complains about, in their order in the file.</summary>
    private static IEnumerable<string> Required()
    {
        var faults = Should.Throw<SettingsException>(() => PortalApp.Build([])).Message;
        return Settings.Select(s => s.Key).Where(key => Regex.IsMatch(faults, $@"^- {Regex.Escape(key)}\b(?!:)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex("<!-- settings -->.*<!-- /settings -->", RegexOptions.Singleline, 1000)]
    private static partial Regex Table();
}
