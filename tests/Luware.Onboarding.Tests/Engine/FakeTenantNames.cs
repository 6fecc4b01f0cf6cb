using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Entra's public answer about domains.</summary>
internal sealed class FakeTenantNames : ITenantNames
{
    public ConcurrentDictionary<string, Guid> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Set while Entra does not answer.</summary>
    public GatewayException? Fault { get; set; }

    public Task<Guid?> FindAsync(string domain, CancellationToken cancellationToken) =>
        Fault is { } fault ? Task.FromException<Guid?>(fault) : Task.FromResult(Domains.TryGetValue(domain, out var id) ? (Guid?)id : null);
}
