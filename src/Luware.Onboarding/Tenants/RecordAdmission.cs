using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Decides at every call whose stored records a person may read: a customer's administrators their own, Luware's people any.</summary>
internal sealed class RecordAdmission(Admission admission, StaffAdmission staff, IOptions<StaffOptions> options, IDbContextFactory<PortalDbContext> contexts)
{
    /// <param name="tenantId">The portal's own id; null is the actor's own tenant.</param>
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person may not; the exception does not say which.</exception>
    /// <exception cref="NoSuchTenantException">There is no such tenant; only Luware's people learn that.</exception>
    public async Task<CustomerTenant> AdmitAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken)
    {
        if (tenantId is not { } id)
            return await admission.AdmitWorkerAsync(actor, cancellationToken);

        await staff.AdmitAsync(actor, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken)
            ?? throw new NoSuchTenantException();
    }

    /// <summary>
    /// As <see cref="AdmitAsync"/>, and also admits portal administrators to the chain of Luware's own people, which belongs to no customer and has the id of
    /// Luware's tenant.
    /// </summary>
    /// <inheritdoc cref="AdmitAsync"/>
    public async Task<CustomerTenant> AdmitToChainAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken)
    {
        if (tenantId is not { } id || id != options.Value.Tenant)
            return await AdmitAsync(actor, tenantId, cancellationToken);

        await staff.AdmitAdministratorAsync(actor, cancellationToken);
        return new CustomerTenant { Id = id, EntraTenantId = id, Name = "Luware", Region = "", CreatedAt = default };
    }
}
