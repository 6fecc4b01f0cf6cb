using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Luware.Portal.Settings;

/// <summary>What encrypts the data protection keys, which lie in the same database as what they protect.</summary>
internal sealed class DataProtectionSettings : ISettings
{
    public static string Section => "DataProtection";

    /// <summary>PKCS#12, or the same in base 64, as vaults that keep text give it out.</summary>
    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Null where none is set or it cannot be read; <see cref="Faults"/> then says why.</summary>
    public X509Certificate2? Load()
    {
        try
        {
            return string.IsNullOrWhiteSpace(CertificateFile) ? null : X509CertificateLoader.LoadPkcs12(Read(CertificateFile), CertificatePassword);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[] Read(string file)
    {
        const byte DerSequence = 0x30;
        var content = File.ReadAllBytes(file);
        return content is [DerSequence, ..] ? content : Convert.FromBase64String(Encoding.ASCII.GetString(content));
    }

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(CertificateFile))
            yield break;
        using var certificate = Load();
        if (certificate is null)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which cannot be opened. Name a readable PKCS#12 file and its DataProtection:CertificatePassword.";
        else if (!certificate.HasPrivateKey)
            yield return $"DataProtection:CertificateFile is '{CertificateFile}', which holds no private key. Export it with its key.";
    }
}
