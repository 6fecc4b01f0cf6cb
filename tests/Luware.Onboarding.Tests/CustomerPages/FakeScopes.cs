using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>What a person has allowed the portal, and whether their session is alive.</summary>
internal sealed class FakeScopes : IDelegatedScopes, ISessions
{
    /// <summary>Null where only Azure is missing.</summary>
    public bool? Granted { get; set; } = true;

    public bool IsAlive { get; set; } = true;

    public GatewayException? Fault { get; set; }

    /// <summary>An answer waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, DelegatedRoute route, CancellationToken cancellationToken)
    {
        await Gate;
        if (Fault is not null)
            throw Fault;
        return
        [
            new DelegatedScope("Microsoft Graph", "Directory.Read.All", Granted ?? true),
            .. route.ReadsAzure ? [new DelegatedScope("Azure Resource Manager", "user_impersonation", Granted ?? false)] : (DelegatedScope[])[],
        ];
    }

    public Task<bool> IsAliveAsync(TenantAccess access, CancellationToken cancellationToken) => Task.FromResult(IsAlive);

    public Task<bool> IsAliveAsync(PortalDbContext db, TenantAccess access, CancellationToken cancellationToken) => Task.FromResult(IsAlive);

    public Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> PutAsync(SessionTicket ticket, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeleteOfTenantAsync(PortalDbContext db, Guid entraTenantId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
