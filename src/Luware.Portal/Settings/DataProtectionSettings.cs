using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>What encrypts the data protection keys, which lie in the same database as what they protect.</summary>
internal sealed class DataProtectionSettings : ISettings
{
    public static string Section => "DataProtection";

    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Encrypt nothing, and open what they have encrypted: the one before, and the next one while portals change to it one after the other.</summary>
    public IList<KeyCertificate> DecryptionCertificates { get; } = [];

    public KeyCertificate Certificate => new() { File = CertificateFile, Password = CertificatePassword };

    public IEnumerable<string> Faults() =>
    [
        .. string.IsNullOrWhiteSpace(CertificateFile) ? [] : Certificate.Faults($"{Section}:{nameof(CertificateFile)}", $"{Section}:{nameof(CertificatePassword)}"),
        .. DecryptionCertificates.SelectMany((certificate, i) => certificate.Faults(
            $"{Section}:{nameof(DecryptionCertificates)}:{i}:{nameof(KeyCertificate.File)}", $"{Section}:{nameof(DecryptionCertificates)}:{i}:{nameof(KeyCertificate.Password)}")),
    ];
}
