using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Luware's own people: an app role of the portal counts only in Luware's own tenant.</summary>
public sealed class Staff(IOptions<StaffOptions> options)
{
    /// <summary>App roles of the portal's registration, as named in the id token.</summary>
    public const string SuccessSpecialist = "SuccessSpecialist", PortalAdministrator = "PortalAdministrator";

    /// <summary>Name of the authorization policy for both roles; it refuses people who came by a link.</summary>
    public const string Policy = "Staff";

    public bool IsSpecialist(Actor actor) => IsOurs(actor) && actor.AppRoles.Contains(SuccessSpecialist, StringComparer.Ordinal);

    public bool IsAdministrator(Actor actor) => IsOurs(actor) && actor.AppRoles.Contains(PortalAdministrator, StringComparer.Ordinal);

    /// <summary>True for both roles, which may see every tenant. Actions reserved for one role check that role.</summary>
    public bool IsStaff(Actor actor) => IsSpecialist(actor) || IsAdministrator(actor);

    private bool IsOurs(Actor actor) => !actor.IsByLink && options.Value.Tenant is { } ours && actor.Access.TenantId == ours;
}

/// <summary>Checks at every call whether one of Luware's people is still signed in and may do this.</summary>
internal sealed class StaffAdmission(Staff staff, ISessions sessions)
{
    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person is not one of Luware's.</exception>
    public Task AdmitAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsStaff(actor), cancellationToken);

    /// <param name="db">The context of the query that follows.</param>
    /// <inheritdoc cref="AdmitAsync(Actor, CancellationToken)"/>
    public async Task AdmitAsync(Actor actor, PortalDbContext db, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!staff.IsStaff(actor) || !await sessions.IsAliveAsync(db, access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw Refusal();
    }

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person is no success specialist.</exception>
    public Task AdmitSpecialistAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsSpecialist(actor), cancellationToken);

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the person does not administer the portal.</exception>
    public Task AdmitAdministratorAsync(Actor actor, CancellationToken cancellationToken) => AdmitAsync(actor, staff.IsAdministrator(actor), cancellationToken);

    private async Task AdmitAsync(Actor actor, bool mayDoIt, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!mayDoIt || !await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw Refusal();
    }

    private static UnauthorizedAccessException Refusal() => new("The session has ended, or the person does not hold the app role in Luware's own tenant.");
}
