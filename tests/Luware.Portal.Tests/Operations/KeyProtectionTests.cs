using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Luware.Onboarding.Audit;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Operations;

public sealed class KeyProtectionTests : IDisposable
{
    private const string Password = "a password";
    private static readonly string AuditKey = Convert.ToBase64String(SHA256.HashData("2026"u8));

    private readonly LogBook _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("pfx")]
    [InlineData("base64")]
    [InlineData("pem")]
    public void With_a_certificate_the_stored_keys_are_encrypted_and_another_process_opens_them(string form)
    {
        var file = MakeCertificate(form);

        using var first = Start(file, Password);
        var locked = first.GetDataProtectionProvider().CreateProtector("test").Protect("a secret");
        using var second = Start(file, Password);

        second.GetDataProtectionProvider().CreateProtector("test").Unprotect(locked).ShouldBe("a secret");
        var key = File.ReadAllText(Keys().Single());
        key.ShouldContain("EncryptedData");
        key.ShouldNotContain("<masterKey");
    }

    [Fact]
    public void After_a_change_of_certificate_the_one_before_opens_what_it_has_encrypted_and_encrypts_nothing_more()
    {
        var (before, now) = (MakeCertificate(name: "before.pfx"), MakeCertificate(name: "now.pfx"));
        using var old = Start(before, Password);
        var locked = Protector(old).Protect("a secret");
        using var changed = Start(now, Password, before);

        Protector(changed).Unprotect(locked).ShouldBe("a secret");

        var first = Keys().Single();
        var manager = changed.GetRequiredService<IKeyManager>();
        manager.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));
        Certificate(Keys().Single(key => key != first)).ShouldBe(Thumbprint(now));
        Certificate(first).ShouldBe(Thumbprint(before));
        // Once what the one before has encrypted is over, nobody needs it.
        File.Delete(first);
        using var without = Start(now, Password);
        Protector(without).Unprotect(Protector(without).Protect("another")).ShouldBe("another");
    }

    [Fact]
    public void Without_the_certificate_before_what_it_has_encrypted_stays_shut()
    {
        var (before, now) = (MakeCertificate(name: "before.pfx"), MakeCertificate(name: "now.pfx"));
        using var old = Start(before, Password);
        var locked = Protector(old).Protect("a secret");

        using var changed = Start(now, Password);

        Should.Throw<CryptographicException>(() => Protector(changed).Unprotect(locked));
    }

    [Fact]
    public async Task With_another_certificate_a_portal_is_not_ready_although_the_framework_makes_it_a_new_key()
    {
        var (before, now) = (MakeCertificate(name: "before.pfx"), MakeCertificate(name: "now.pfx"));
        using var old = Start(before, Password);
        Protector(old).Protect("a secret");
        using var wrong = Start(now, Password);
        Protector(wrong).Protect("another").ShouldNotBeEmpty();
        using var right = Start(now, Password, before);

        (await HealthAsync(wrong)).ShouldBe(HealthStatus.Unhealthy);
        (await HealthAsync(right)).ShouldBe(HealthStatus.Healthy);
        (await HealthAsync(wrong, DateTimeOffset.UtcNow.AddYears(1))).ShouldBe(HealthStatus.Healthy, "nobody needs what is over");
    }

    [Fact]
    public async Task The_question_whether_the_keys_can_be_opened_makes_none()
    {
        var (before, now) = (MakeCertificate(name: "before.pfx"), MakeCertificate(name: "now.pfx"));
        using var old = Start(before, Password);
        Protector(old).Protect("a secret");
        using var wrong = Start(now, Password);

        (await HealthAsync(wrong)).ShouldBe(HealthStatus.Unhealthy);

        Keys().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_somebody_planted_in_the_database_is_neither_used_nor_opened(bool isEncrypted)
    {
        var file = MakeCertificate();
        using var portal = Start(file, Password);
        var locked = Protector(portal).Protect("a secret");
        var own = Keys().Single();
        Plant(isEncrypted ? file : null);
        Keys().Length.ShouldBe(2);

        using var restarted = Start(file, Password);

        restarted.GetRequiredService<IKeyManager>().GetAllKeys().ShouldHaveSingleItem().KeyId
            .ShouldBe(Guid.Parse(Path.GetFileNameWithoutExtension(own)["key-".Length..]));
        Protector(restarted).Unprotect(locked).ShouldBe("a secret");
        Protector(portal).Unprotect(Protector(restarted).Protect("another")).ShouldBe("another", "it is locked with the portal's own key");
        (await HealthAsync(restarted)).ShouldBe(HealthStatus.Unhealthy);
        _log.Text.Split("has no valid seal").Length.ShouldBe(2, "once, however often it is looked at");
    }

    [Fact]
    public async Task A_stored_key_that_was_changed_is_not_used()
    {
        var file = MakeCertificate();
        using var portal = Start(file, Password);
        Protector(portal).Protect("a secret");
        var stored = XDocument.Load(Keys().Single());
        stored.Descendants("expirationDate").Single().Value = DateTimeOffset.UtcNow.AddYears(5).ToString("O", CultureInfo.InvariantCulture);
        stored.Save(Keys().Single());

        using var restarted = Start(file, Password);

        restarted.GetRequiredService<IKeyManager>().GetAllKeys().ShouldBeEmpty();
        (await HealthAsync(restarted)).ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task After_a_change_of_the_audits_key_the_one_before_goes_on_proving_the_keys_that_it_has_sealed()
    {
        var file = MakeCertificate();
        using var old = Start(file, Password);
        var locked = Protector(old).Protect("a secret");
        var next = Convert.ToBase64String(SHA256.HashData("2027"u8));

        using var changed = Start(file, Password, audit: keys => (keys.CurrentKey, keys.Keys["2026"], keys.Keys["2027"]) = ("2027", AuditKey, next));
        using var without = Start(file, Password, audit: keys => (keys.CurrentKey, keys.Keys["2027"]) = ("2027", next));

        Protector(changed).Unprotect(locked).ShouldBe("a secret");
        (await HealthAsync(changed)).ShouldBe(HealthStatus.Healthy);
        Should.Throw<CryptographicException>(() => Protector(without).Unprotect(locked));
    }

    [Theory]
    [InlineData("the certificate")]
    [InlineData("the audit's key")]
    public async Task Once_the_stored_keys_are_deleted_a_portal_that_has_lost_what_opens_or_proves_them_is_ready(string lost)
    {
        var (before, now) = (MakeCertificate(name: "before.pfx"), MakeCertificate(name: "now.pfx"));
        using var old = Start(before, Password);
        Protector(old).Protect("a secret");
        using var portal = lost == "the certificate"
            ? Start(now, Password)
            : Start(before, Password, audit: keys => (keys.CurrentKey, keys.Keys["2027"]) = ("2027", Convert.ToBase64String(SHA256.HashData("2027"u8))));
        (await HealthAsync(portal)).ShouldBe(HealthStatus.Unhealthy);

        Array.ForEach(Keys(), File.Delete);

        (await HealthAsync(portal)).ShouldBe(HealthStatus.Healthy);
        Protector(portal).Unprotect(Protector(portal).Protect("another")).ShouldBe("another");
    }

    [Fact]
    public void A_portal_that_knows_the_next_certificate_opens_what_others_encrypt_with_it_already()
    {
        var (now, next) = (MakeCertificate(name: "now.pfx"), MakeCertificate(name: "next.pfx"));
        using var changed = Start(next, Password, now);
        var locked = Protector(changed).Protect("a secret");

        using var waiting = Start(now, Password, next);

        Protector(waiting).Unprotect(locked).ShouldBe("a secret");
    }

    [Fact]
    public void A_certificate_before_that_cannot_be_opened_is_a_fault_of_the_settings()
    {
        var settings = new DataProtectionSettings
        {
            CertificateFile = MakeCertificate(), CertificatePassword = Password,
            DecryptionCertificates = { new KeyCertificate { File = "/nowhere/before.pfx" } },
        };

        settings.Faults().ShouldHaveSingleItem().ShouldStartWith("DataProtection:DecryptionCertificates:0:File is '/nowhere/before.pfx'");
    }

    [Fact]
    public void A_certificate_that_cannot_be_opened_is_a_fault_of_the_settings()
    {
        var settings = new DataProtectionSettings { CertificateFile = MakeCertificate(), CertificatePassword = "another" };

        settings.Faults().ShouldHaveSingleItem().ShouldContain("DataProtection:CertificateFile");
        new DataProtectionSettings { CertificateFile = settings.CertificateFile, CertificatePassword = Password }.Faults().ShouldBeEmpty();
    }

    [Fact]
    public void What_is_no_certificate_at_all_is_a_fault_of_the_settings()
    {
        var nonsense = Path.Combine(_folder.FullName, "nonsense");
        File.WriteAllText(nonsense, "no certificate");

        new DataProtectionSettings { CertificateFile = nonsense, CertificatePassword = Password }.Faults().ShouldHaveSingleItem();
    }

    private static async Task<HealthStatus> HealthAsync(IServiceProvider services, DateTimeOffset? at = null)
    {
        var check = new KeyRingHealth(services.GetRequiredService<IKeyManager>(), services.GetDataProtectionProvider(), services.GetRequiredService<KeySeals>(),
            new FakeTimeProvider(at ?? DateTimeOffset.UtcNow));
        return (await check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("keys", check, null, null) })).Status;
    }

    private static IDataProtector Protector(IServiceProvider services) => services.GetDataProtectionProvider().CreateProtector("test");

    /// <summary>The thumbprint of the certificate that a stored key was encrypted with.</summary>
    private static string Certificate(string key)
    {
        var encoded = XDocument.Load(key).Descendants().Single(e => e.Name.LocalName == "X509Certificate").Value;
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(encoded));
        return certificate.Thumbprint;
    }

    private static string Thumbprint(string file)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, Password);
        return certificate.Thumbprint;
    }

    /// <summary>Writes a key as the framework would, without the portal's seal.</summary>
    /// <param name="certificate">Whose public half encrypts it; in clear without one.</param>
    private void Plant(string? certificate)
    {
        var services = new ServiceCollection();
        var protection = services.AddDataProtection().SetApplicationName("Luware.Portal").PersistKeysToFileSystem(_folder);
        if (certificate is not null)
            protection.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(certificate, Password));
        using var planted = services.BuildServiceProvider();
        planted.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1));
    }

    private string[] Keys() => Directory.GetFiles(_folder.FullName, "key-*.xml");

    private ServiceProvider Start(string file, string password, string? other = null, Action<AuditOptions>? audit = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DataProtection:CertificateFile"] = file, ["DataProtection:CertificatePassword"] = password,
            ["DataProtection:DecryptionCertificates:0:File"] = other, ["DataProtection:DecryptionCertificates:0:Password"] = other is null ? null : password,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System).AddLogging(logs => logs.AddProvider(_log));
        services.Configure(audit ?? (keys => (keys.CurrentKey, keys.Keys["2026"]) = ("2026", AuditKey)));
        KeyProtection.Add(services, configuration);
        services.AddDataProtection().PersistKeysToFileSystem(_folder);
        return services.BuildServiceProvider();
    }

    /// <summary>In base64 as Azure Key Vault hands it out where it is mounted as a secret.</summary>
    private string MakeCertificate(string form = "pfx", string name = "keys.pfx")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder.FullName, name);
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);
        File.WriteAllBytes(file, form switch
        {
            "base64" => Encoding.ASCII.GetBytes(
                Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, Password), Base64FormattingOptions.InsertLineBreaks)),
            "pem" => Encoding.ASCII.GetBytes($"{key.ExportEncryptedPkcs8PrivateKeyPem(Password, encryption)}\n{certificate.ExportCertificatePem()}\n"),
            _ => certificate.Export(X509ContentType.Pkcs12, Password),
        });
        return file;
    }
}
