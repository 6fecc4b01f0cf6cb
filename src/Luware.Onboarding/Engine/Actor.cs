using System.Security.Claims;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>The signed-in person on whose behalf something is asked of the engine; always taken from the validated identity.</summary>
/// <param name="Roles">Directory roles (template ids) of the id token: enough to guide the person, and read again before an action needs one.</param>
public sealed record Actor(TenantAccess Access, string Name, string UserPrincipalName, IReadOnlyList<Guid> Roles)
{
    public const string TenantClaim = "tid";
    public const string PersonClaim = "oid";
    public const string AccountClaim = "home_account_id";
    public const string SessionClaim = "session_id";
    public const string NameClaim = "name";
    public const string UserPrincipalNameClaim = "preferred_username";
    public const string RoleClaim = "wids";
    public const string AppRoleClaim = "roles";
    public const string LinkClaim = "by_link";

    /// <summary>App roles of the portal. Any tenant can give them to its own people, so they mean something only together with the tenant.</summary>
    public IReadOnlyList<string> AppRoles { get; init; } = [];

    /// <summary>
    /// True when the person came by the link to a handed step: this session then sees only what was handed to them, whatever roles they hold.
    /// </summary>
    public bool IsByLink { get; init; }

    /// <summary>How a stored sentence names them.</summary>
    public string Mention => Sentence.Mention(Access.PersonId);

    /// <summary>Null for an anonymous or incomplete identity.</summary>
    public static Actor? From(ClaimsPrincipal principal)
    {
        string? Value(string claim) => principal.FindFirst(claim)?.Value;
        if (principal.Identity?.IsAuthenticated != true
            || !Guid.TryParse(Value(TenantClaim), out var tenant) || !Guid.TryParse(Value(PersonClaim), out var person)
            || Value(AccountClaim) is not { } account || Value(SessionClaim) is not { } session)
            return null;

        var name = Value(UserPrincipalNameClaim) ?? person.ToString();
        return new Actor(new TenantAccess(tenant, person, account, session), Value(NameClaim) ?? name, name, RolesOf(principal))
        {
            AppRoles = [.. principal.FindAll(AppRoleClaim).Select(c => c.Value)], IsByLink = Value(LinkClaim) is not null,
        };
    }

    /// <summary>The directory roles (template ids) that the claims name.</summary>
    public static IReadOnlyList<Guid> RolesOf(ClaimsPrincipal principal) =>
        [.. principal.FindAll(RoleClaim).Select(c => Guid.TryParse(c.Value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty)];
}
