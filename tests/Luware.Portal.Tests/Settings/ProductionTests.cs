using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Luware.Portal.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Settings;

/// <summary>What may start in Production and what may not.</summary>
public sealed class ProductionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("production-");
    private readonly Dictionary<string, string?> _settings;

    public ProductionTests()
    {
        var certificate = Path.Combine(_folder.FullName, "keys.pem");
        File.WriteAllText(certificate, MakeCertificate());
        _settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["environment"] = "Production",
            ["Portal:PublicAddress"] = "https://portal.contoso.com",
            ["Entra:ClientId"] = "6f2a1c1e-36d4-4a52-9d1f-2f4f6c0b8e11",
            ["Entra:ClientSecret"] = "Xk2~Qw9.zT4_mB7vLp1RcY8nHd3sGf6jKa5uEo0",
            ["DataProtection:CertificateFile"] = certificate,
            ["Audit:CurrentKey"] = "1",
            ["Audit:Keys:1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Database:ConnectionString"] = $"Data Source={Path.Combine(_folder.FullName, "portal.db")}",
            ["Regions:MTCH:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101",
            ["Regions:MTDE:Applications:0:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c102",
            ["Regions:MTDE:Applications:1:ApplicationId"] = "0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c103",
        };
    }

    [Fact]
    public async Task With_its_own_addresses_secrets_and_certificate_a_portal_is_built()
    {
        await using var app = Build();

        app.Services.GetRequiredService<IOptions<PortalSettings>>().Value.IsHttps.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Portal:PublicAddress", "http://portal.contoso.com")]
    [InlineData("Portal:PublicAddress", "http://127.0.0.1:5000")]
    [InlineData("Portal:PublicAddress", "https://localhost:5001")]
    [InlineData("Entra:Instance", "http://127.0.0.1:5100")]
    [InlineData("Entra:TokenInstance", "https://localhost:5100")]
    [InlineData("Graph:BaseAddress", "http://127.0.0.1:5100/v1.0")]
    [InlineData("Azure:ResourceManager", "http://[::1]:5100/arm")]
    public void An_address_without_https_or_on_this_machine_is_refused(string key, string address) => ShouldBeRefused(key, address);

    [Theory]
    [InlineData("sandbox-portal-secret")]
    [InlineData("change-me-before-going-live")]
    [InlineData("0123456789")]
    [InlineData("")]
    public void A_secret_that_anybody_could_guess_is_refused(string secret) => ShouldBeRefused("Entra:ClientSecret", secret);

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/keys.pfx")]
    public void Keys_that_would_lie_in_the_database_in_clear_are_refused(string certificate) => ShouldBeRefused("DataProtection:CertificateFile", certificate);

    [Fact]
    public async Task On_a_developers_machine_all_of_it_is_allowed()
    {
        _settings["environment"] = "Development";
        _settings["Portal:PublicAddress"] = _settings["Entra:Instance"] = _settings["Graph:BaseAddress"] = "http://127.0.0.1:5000";
        _settings["Entra:TokenInstance"] = "https://localhost:5000";
        _settings["Entra:ClientSecret"] = "secret";
        _settings["DataProtection:CertificateFile"] = null;

        await using var app = Build();
    }

    [Fact]
    public void No_refusal_repeats_the_secret()
    {
        _settings["Entra:ClientSecret"] = "sandbox-guessed";

        Should.Throw<SettingsException>(Build).Message.ShouldNotContain("sandbox-guessed");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void ShouldBeRefused(string key, string value)
    {
        _settings[key] = value;

        var refusal = Should.Throw<SettingsException>(Build);

        refusal.Message.Split('\n').Skip(1).ShouldAllBe(line => line.Contains(key), "nothing else is wrong");
    }

    private Microsoft.AspNetCore.Builder.WebApplication Build() => PortalApp.Build([.. _settings.Where(s => s.Value is not null).Select(s => $"--{s.Key}={s.Value}")]);

    private static string MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
