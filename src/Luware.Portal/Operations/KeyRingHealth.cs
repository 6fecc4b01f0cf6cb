using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>The keys of sessions and token caches can be read and used: the certificate that encrypts them is the right one.</summary>
internal sealed class KeyRingHealth(IKeyManager keys, IDataProtectionProvider protection, KeySeals seals, TimeProvider time) : IHealthCheck
{
    private readonly IDataProtector _protector = protection.CreateProtector(nameof(KeyRingHealth));
    private readonly Lock _gate = new();
    private Task<HealthCheckResult> _reading = Task.FromResult(HealthCheckResult.Healthy());

    /// <summary>
    /// The framework reads the keys synchronously: on the probe's own thread, a database that stays silent would hold the answer beyond its limit. While a
    /// reading is held up, further probes wait for that one instead of holding one more thread each.
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

    /// <remarks>The stored keys come first: where none can be opened the framework makes a new one, which works and opens nothing that was there.</remarks>
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
        context.Registration.FailureStatus, "A key in the database cannot be opened: see DataProtection:CertificateFile and DataProtection:DecryptionCertificates.", exception);
}
