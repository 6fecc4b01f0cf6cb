using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>The certificates that encrypt the data protection keys, which are stored in the same database as what they protect.</summary>
internal sealed class DataProtectionSettings : ISettings
{
    public static string Section => "DataProtection";

    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>Certificates that only decrypt: the previous one, and the next one while portals switch to it one by one.</summary>
    public IList<KeyCertificate> DecryptionCertificates { get; } = [];

    public KeyCertificate Certificate => new() { File = CertificateFile, Password = CertificatePassword };

    public IEnumerable<string> Faults() =>
    [
        .. string.IsNullOrWhiteSpace(CertificateFile)
            ? []
            : Certificate.Faults($"{Section}:{nameof(CertificateFile)}", $"{Section}:{nameof(CertificatePassword)}"),
        .. DecryptionCertificates.SelectMany((certificate, i) => certificate.Faults(
            $"{Section}:{nameof(DecryptionCertificates)}:{i}:{nameof(KeyCertificate.File)}",
            $"{Section}:{nameof(DecryptionCertificates)}:{i}:{nameof(KeyCertificate.Password)}")),
    ];
}
