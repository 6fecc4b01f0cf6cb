using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>The keys of sessions and token caches can be read and used: the certificate that encrypts them is the right one.</summary>
internal sealed class KeyRingHealth(IDataProtectionProvider protection) : IHealthCheck
{
    private readonly IDataProtector _protector = protection.CreateProtector(nameof(KeyRingHealth));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            _protector.Unprotect(_protector.Protect([1]));
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (CryptographicException e)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The key ring cannot be used: see DataProtection:CertificateFile.", e));
        }
    }
}
