using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>Checks that the keys of sessions and token caches can be read and used, which fails with a wrong certificate.</summary>
internal sealed class KeyRingHealth(IKeyManager keys, IDataProtectionProvider protection, KeySeals seals, TimeProvider time) : IHealthCheck
{
    private readonly IDataProtector _protector = protection.CreateProtector(nameof(KeyRingHealth));
    private readonly Lock _gate = new();
    private Task<HealthCheckResult> _reading = Task.FromResult(HealthCheckResult.Healthy());

    /// <summary>
    /// The framework reads the keys synchronously. On the probe's own thread, an unresponsive database would delay the answer beyond its limit. Further probes
    /// wait for the same reading instead of blocking one more thread each.
    /// </summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reading.IsCompleted)
                _reading = Task.Run(() => Check(context), CancellationToken.None);
            return _reading.WaitAsync(cancellationToken);
        }
    }

    /// <remarks>Checks the stored keys first: if none can be decrypted, the framework creates a new one, which works but cannot decrypt earlier data.</remarks>
    private HealthCheckResult Check(HealthCheckContext context)
    {
        try
        {
            foreach (var key in keys.GetAllKeys().Where(k => !k.IsRevoked && k.ExpirationDate > time.GetUtcNow()))
            {
                if (key.CreateEncryptor() is null)
                    return Fault(context, null);
            }

            if (seals.HasLeftOut)
                return new HealthCheckResult(context.Registration.FailureStatus, "A key in the database has no valid seal and is not used: see event 3044.");

            _protector.Unprotect(_protector.Protect([1]));
            return HealthCheckResult.Healthy();
        }
        catch (CryptographicException e)
        {
            return Fault(context, e);
        }
    }

    private static HealthCheckResult Fault(HealthCheckContext context, Exception? exception) => new(
        context.Registration.FailureStatus,
        "A key in the database cannot be opened: see DataProtection:CertificateFile and DataProtection:DecryptionCertificates.", exception);
}
