using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Engine;

/// <summary>Asks again, at every call, whether the person is still signed in and whose customer they are.</summary>
internal sealed class Admission(ISessions sessions, CustomerTenants tenants)
{
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task CheckSessionAsync(Actor actor, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");
    }

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the tenant is not being onboarded.</exception>
    public async Task<CustomerTenant> AdmitAsync(Actor actor, CancellationToken cancellationToken)
    {
        await CheckSessionAsync(actor, cancellationToken);
        return await tenants.FindAsync(actor.Access.TenantId, cancellationToken)
            ?? throw new UnauthorizedAccessException("The tenant is not one of Luware's customers.");
    }
}
