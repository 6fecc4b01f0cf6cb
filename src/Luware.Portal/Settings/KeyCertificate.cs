using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Luware.Portal.Settings;

/// <summary>A certificate with its private key in a file: PKCS#12, PKCS#12 in base64 as vaults deliver it, or PEM.</summary>
internal sealed class KeyCertificate
{
    public string? File { get; set; }

    public string? Password { get; set; }

    /// <summary>Null if no file is named or it cannot be read; <see cref="Faults"/> then says why.</summary>
    public X509Certificate2? Load()
    {
        try
        {
            return string.IsNullOrWhiteSpace(File) ? null : Read(System.IO.File.ReadAllBytes(File));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IEnumerable<string> Faults(string fileKey, string passwordKey)
    {
        using var certificate = Load();
        if (certificate is null)
        {
            yield return $"{fileKey} is '{File}', which cannot be opened. "
                + $"Name a readable file with PKCS#12 (also in base 64) or PEM, with its private key, and its {passwordKey}.";
        }
        else if (!certificate.HasPrivateKey)
        {
            yield return $"{fileKey} is '{File}', which holds no private key. Export it with its key.";
        }
    }

    private X509Certificate2 Read(byte[] content)
    {
        const byte DerSequence = 0x30;
        if (content is [DerSequence, ..])
            return X509CertificateLoader.LoadPkcs12(content, Password);
        var text = Encoding.ASCII.GetString(content);
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
            return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(text), Password);
        return string.IsNullOrEmpty(Password) ? X509Certificate2.CreateFromPem(text, text) : X509Certificate2.CreateFromEncryptedPem(text, text, Password);
    }
}
