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

    /// <summary>True for every account of Luware's own tenant, with and without a role, unless its person came by a link.</summary>
    public bool IsOurs(Actor actor) => !actor.IsByLink && options.Value.Tenant is { } ours && actor.Access.TenantId == ours;

    public bool IsSpecialist(Actor actor) => IsOurs(actor) && actor.AppRoles.Contains(SuccessSpecialist, StringComparer.Ordinal);

    public bool IsAdministrator(Actor actor) => IsOurs(actor) && actor.AppRoles.Contains(PortalAdministrator, StringComparer.Ordinal);

    /// <summary>True for both roles, which may see every tenant. Actions reserved for one role check that role.</summary>
    public bool IsStaff(Actor actor) => IsSpecialist(actor) || IsAdministrator(actor);
}
