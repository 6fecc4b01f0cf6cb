using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants;

/// <summary>Whose stored record a person may read: a customer's administrators their own, Luware's people any. Asked again at every call.</summary>
internal sealed class TenantDoor(Admission admission, StaffAdmission staff, IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="tenantId">The portal's own id; null is the actor's own tenant.</param>
    /// <exception cref="UnauthorizedAccessException">The session has ended, the person may not, or there is no such tenant: which of them is not said.</exception>
    public async Task<CustomerTenant> AdmitAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken)
    {
        if (tenantId is not { } id)
            return await admission.AdmitWorkerAsync(actor, cancellationToken);

        await staff.AdmitAsync(actor, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken)
            ?? throw new UnauthorizedAccessException("There is no such tenant.");
    }
}
