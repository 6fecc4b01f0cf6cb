using System.Diagnostics;
using System.Security.Cryptography;

namespace Luware.TeamsPowerShell;

/// <summary>Names under which the pool can be observed, and its activities: one per lease, one per command. Tenants appear as hashes.</summary>
public static class TeamsWorkerTelemetry
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Luware.TeamsPowerShell";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// Returns the hash that replaces a tenant id in telemetry. Anyone who knows the tenant can search for it; nobody can derive the tenant from it.
    /// </summary>
    public static string TenantHash(Guid tenantId) => Convert.ToHexStringLower(SHA256.HashData(tenantId.ToByteArray()).AsSpan(0, 8));

    internal static Activity? StartLease(Guid tenantId) =>
        Source.StartActivity("teams lease")?.SetTag("tenant.hash", TenantHash(tenantId));

    internal static Activity? StartCommand(string cmdlet, Guid tenantId, Activity? lease) =>
        Source.StartActivity($"teams command {cmdlet}", ActivityKind.Client, lease?.Context ?? default)?.SetTag("tenant.hash", TenantHash(tenantId));
}
