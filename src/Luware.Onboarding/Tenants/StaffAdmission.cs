using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tenants;

/// <summary>Checks at every call whether one of Luware's people is still signed in and may do this.</summary>
internal sealed class StaffAdmission(Staff staff, ISessions sessions)
{
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person is not one of Luware's.</exception>
    public Task AdmitAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsStaff(actor), cancellationToken);

    /// <param name="db">The context of the query that follows.</param>
    /// <inheritdoc cref="AdmitAsync(Actor, CancellationToken)"/>
    public async Task AdmitAsync(Actor actor, PortalDbContext db, CancellationToken cancellationToken)
    {
        if (!staff.IsStaff(actor) || !await sessions.IsAliveAsync(db, actor.Access, cancellationToken))
            throw Refusal();
    }

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person is no success specialist.</exception>
    public Task AdmitSpecialistAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsSpecialist(actor), cancellationToken);

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person does not administer the portal.</exception>
    public Task AdmitAdministratorAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsAdministrator(actor), cancellationToken);

    private async Task AdmitAsync(Actor actor, bool mayDoIt, CancellationToken cancellationToken)
    {
        if (!mayDoIt || !await sessions.IsAliveAsync(actor.Access, cancellationToken))
            throw Refusal();
    }

    private static UnauthorizedAccessException Refusal() => new("The session has ended, or the person does not hold the app role in Luware's own tenant.");
}
