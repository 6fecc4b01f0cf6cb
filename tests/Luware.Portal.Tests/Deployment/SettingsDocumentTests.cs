using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Luware.Portal.Settings;

namespace Luware.Portal.Tests.Deployment;

/// <summary>docs/settings.md and the table of README.md are what appsettings.json and an empty start say.</summary>
public sealed class SettingsDocumentTests
{
    private static readonly IReadOnlyList<SettingsDocument.Setting> Settings = SettingsDocument.Read(RepositoryFile.Path("appsettings.json"));

    [Fact]
    public void Every_setting_is_in_the_document() => Document.Check("docs/settings.md", SettingsDocument.Whole(Settings));

    [Fact]
    public void Every_setting_is_described() =>
        Settings.Where(s => s.Default is not null && string.IsNullOrWhiteSpace(s.Comment)).Select(s => s.Key).ShouldBeEmpty();

    [Fact]
    public void What_introduces_the_file_is_no_description_of_its_first_section() =>
        SettingsDocument.Whole(Settings).ShouldNotContain("Every setting of the portal with its default");

    [Fact]
    public async Task What_the_readme_lists_is_enough_for_a_start()
    {
        var folder = Directory.CreateTempSubdirectory("required-");
        var required = Required().ToDictionary(key => key, key => Example(key, folder), StringComparer.Ordinal);

        var database = Path.Combine(folder.FullName, "portal.db");

        // Secrets come from files in production; here they need not.
        await using var app = PortalApp.Build(
            ["--environment=Development", $"--Database:ConnectionString=Data Source={database}", .. required.Select(s => $"--{s.Value}")]);

        required.Keys.ShouldContain("Audit:Keys");
        folder.Delete(recursive: true);
    }

    /// <summary>A value of the kind that the table describes.</summary>
    private static string Example(string key, DirectoryInfo folder)
    {
        switch (key)
        {
            case "Portal:PublicAddress":
                return $"{key}=https://onboarding.example.com";
            case "Portal:Proxies":
                return $"{key}:0=10.0.0.0/8";
            case "Entra:ClientSecret":
                return $"{key}=of-a-test";
            case "Audit:CurrentKey":
                return $"{key}=2026";
            case "Audit:Keys":
                return $"{key}:2026={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
            case "DataProtection:CertificateFile":
                var file = Path.Combine(folder.FullName, "keys.pem");
                using (var key256 = ECDsa.Create())
                using (var certificate = new CertificateRequest("CN=keys", key256, HashAlgorithmName.SHA256)
                        .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)))
                    File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key256.ExportPkcs8PrivateKeyPem()}");
                return $"{key}={file}";
            default:
                return $"{key}={Guid.NewGuid()}";
        }
    }

    [Fact]
    public void The_readme_lists_what_must_be_set() =>
        Document.CheckTable("README.md", "settings", SettingsDocument.Short(Settings, Required()));

    /// <summary>The keys that a start without any setting complains about, in their order in the file.</summary>
    private static IEnumerable<string> Required()
    {
        var faults = Should.Throw<SettingsException>(() => PortalApp.Build([])).Message;
        return Settings.Select(s => s.Key)
            .Where(key => Regex.IsMatch(faults, $@"^- {Regex.Escape(key)}\b(?!:)", RegexOptions.Multiline, TimeSpan.FromSeconds(1)));
    }
}
