using System.Collections.Concurrent;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>Entra's public answer about domains and ids.</summary>
internal sealed class FakeTenantNames : ITenantNames
{
    public ConcurrentDictionary<string, Guid> Domains { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Set while Entra does not answer.</summary>
    public GatewayException? Fault { get; set; }

    /// <summary>Ids that no tenant has; every other one belongs to a tenant.</summary>
    public ConcurrentBag<Guid> Nobodys { get; } = [Guid.Empty];

    public Task<Guid?> FindAsync(string idOrDomain, CancellationToken cancellationToken) =>
        Fault is { } fault ? Task.FromException<Guid?>(fault)
            : Task.FromResult(Domains.TryGetValue(idOrDomain, out var id) || (Guid.TryParse(idOrDomain, out id) && !Nobodys.Contains(id)) ? (Guid?)id : null);
}
