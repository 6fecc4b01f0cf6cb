using System.Security.Cryptography.X509Certificates;
using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Encrypts the data protection keys in the database with a certificate from a file.</summary>
internal static class KeyProtection
{
    // The same name in all versions and on all machines, so that each can decrypt what another has encrypted.
    private const string ApplicationName = "Luware.Portal";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DataProtectionSettings>();
        services.AddSingleton<KeySeals>().AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider => provider.GetRequiredService<KeySeals>());
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        var wanted = new DataProtectionSettings();
        configuration.GetSection(DataProtectionSettings.Section).Bind(wanted);
        // The certificates are never disposed, because they are used until the process ends.
        if (wanted.Certificate.Load() is { } certificate)
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        protection.UnprotectKeysWithAnyCertificate([.. wanted.DecryptionCertificates.Select(c => c.Load()).OfType<X509Certificate2>()]);
    }
}
