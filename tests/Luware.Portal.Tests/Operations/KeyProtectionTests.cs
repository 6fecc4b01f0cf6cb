using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Operations;

public sealed class KeyProtectionTests : IDisposable
{
    private const string Password = "a password";

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

    private string[] Keys() => Directory.GetFiles(_folder.FullName, "key-*.xml");

    private ServiceProvider Start(string file, string password)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DataProtection:CertificateFile"] = file, ["DataProtection:CertificatePassword"] = password,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        KeyProtection.Add(services, configuration);
        services.AddDataProtection().PersistKeysToFileSystem(_folder);
        return services.BuildServiceProvider();
    }

    /// <summary>In base64 as Azure Key Vault hands it out where it is mounted as a secret.</summary>
    private string MakeCertificate(string form = "pfx")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=portal keys", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder.FullName, "keys.pfx");
        var encryption = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 1000);
        File.WriteAllBytes(file, form switch
        {
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(certificate.Export(X509ContentType.Pkcs12, Password), Base64FormattingOptions.InsertLineBreaks)),
            "pem" => Encoding.ASCII.GetBytes($"{key.ExportEncryptedPkcs8PrivateKeyPem(Password, encryption)}\n{certificate.ExportCertificatePem()}\n"),
            _ => certificate.Export(X509ContentType.Pkcs12, Password),
        });
        return file;
    }
}
