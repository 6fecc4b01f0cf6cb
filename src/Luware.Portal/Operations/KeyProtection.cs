using System.Security.Cryptography.X509Certificates;
using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Encrypts the keys that lie in the database with a certificate that does not; says so at start where there is none.</summary>
internal sealed partial class KeyProtection(IOptions<DataProtectionSettings> settings, IOptions<PortalSettings> portal, ILogger<KeyProtection> logger) : IHostedService
{
    // One name over all versions and machines, so that every one of them opens what another has locked.
    private const string ApplicationName = "Luware.Portal";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<DataProtectionSettings>().AddHostedService<KeyProtection>();
        services.AddSingleton<KeySeals>().AddSingleton<IPostConfigureOptions<KeyManagementOptions>>(provider => provider.GetRequiredService<KeySeals>());
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName);
        var wanted = new DataProtectionSettings();
        configuration.GetSection(DataProtectionSettings.Section).Bind(wanted);
        // They are open for as long as the process lives.
        if (wanted.Certificate.Load() is { } certificate)
            protection.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);
        protection.UnprotectKeysWithAnyCertificate([.. wanted.DecryptionCertificates.Select(c => c.Load()).OfType<X509Certificate2>()]);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (portal.Value.IsHttps && string.IsNullOrWhiteSpace(settings.Value.CertificateFile))
            Log.KeysInClear(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Warning, "DataProtection:CertificateFile is not set: the keys of sessions and tokens lie in the database in clear.")]
        public static partial void KeysInClear(ILogger logger);
    }
}
