using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Luware.Portal.Settings;

/// <summary>What encrypts the data protection keys, which lie in the same database as what they protect.</summary>
internal sealed class DataProtectionSettings : ISettings
{
    public static string Section => "DataProtection";

    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Null where none is set or it cannot be read; <see cref="Faults"/> then says why.</summary>
    public X509Certificate2? Load()
    {
        try
        {
            return string.IsNullOrWhiteSpace(CertificateFile) ? null : Read(File.ReadAllBytes(CertificateFile));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(CertificateFile))
            yield break;
        using var certificate = Load();
        if (certificate is null)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which cannot be opened. Name a readable file with PKCS#12 (also in base 64) or PEM, with its private key, and its DataProtection:CertificatePassword.";
        else if (!certificate.HasPrivateKey)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which holds no private key. Export it with its key.";
    }

    /// <summary>PKCS#12, the same in base 64 as vaults give it out, or PEM.</summary>
    private X509Certificate2 Read(byte[] content)
    {
        const byte DerSequence = 0x30;
        if (content is [DerSequence, ..])
            return X509CertificateLoader.LoadPkcs12(content, CertificatePassword);
        var text = Encoding.ASCII.GetString(content);
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
            return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text), CertificatePassword);
        return string.IsNullOrEmpty(CertificatePassword) ? X509Certificate2.CreateFromPem(text, text) : X509Certificate2.CreateFromEncryptedPem(text, text, CertificatePassword);
    }
}
