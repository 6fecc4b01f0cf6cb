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
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>PKCS#12, also written in base64 as Azure Key Vault hands out a certificate with its key where it is mounted as a secret; or PEM.</summary>
    private X509Certificate2 Read(byte[] content)
    {
        if (!Ascii.IsValid(content))
            return X509CertificateLoader.LoadPkcs12(content, CertificatePassword);
        var text = Encoding.ASCII.GetString(content).Trim();
        if (text.StartsWith("-----BEGIN", StringComparison.Ordinal))
            return string.IsNullOrEmpty(CertificatePassword) ? X509Certificate2.CreateFromPem(text, text) : X509Certificate2.CreateFromEncryptedPem(text, text, CertificatePassword);
        return Convert.TryFromBase64String(text, content, out var length)
            ? X509CertificateLoader.LoadPkcs12(content.AsSpan(0, length), CertificatePassword)
            : throw new CryptographicException("Neither PKCS#12 nor PEM.");
    }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(CertificateFile))
            yield break;
        using var certificate = Load();
        if (certificate is null)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which cannot be opened. Name a readable file with PKCS#12 (also in base64) or PEM, with its private key, and its DataProtection:CertificatePassword.";
        else if (!certificate.HasPrivateKey)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which holds no private key. Export it with its key.";
    }
}
