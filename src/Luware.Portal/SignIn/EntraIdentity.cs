using System.Security.Claims;
using Luware.Onboarding.Engine;

namespace Luware.Portal.SignIn;

/// <summary>Reduces a validated id token to the claims that the portal uses.</summary>
internal static class EntraIdentity
{
    /// <summary>
    /// Antiforgery tokens are bound to it, and to all claims where it is missing: then the forms of open pages would no longer be valid after a sign-in with
    /// other roles.
    /// </summary>
    private const string SubjectClaim = "sub";

    private static readonly string[] Kept =
        [SubjectClaim, Actor.TenantClaim, Actor.PersonClaim, Actor.NameClaim, Actor.UserPrincipalNameClaim, Actor.RoleClaim, Actor.AppRoleClaim];

    public static SignInIdentity? Of(ClaimsPrincipal? token) =>
        Guid.TryParse(token?.FindFirstValue(Actor.TenantClaim), out var tenant) && Guid.TryParse(token?.FindFirstValue(Actor.PersonClaim), out var person)
            ? new SignInIdentity(tenant, person)
            : null;

    /// <param name="byLink">Whether the sign-in is only for steps that were handed to the person.</param>
    public static ClaimsPrincipal From(ClaimsPrincipal token, string homeAccountId, bool byLink, string scheme)
    {
        var claims = token.Claims.Where(c => Kept.Contains(c.Type, StringComparer.Ordinal)).Select(c => new Claim(c.Type, c.Value));
        IEnumerable<Claim> own = byLink
            ? [new Claim(Actor.AccountClaim, homeAccountId), new Claim(Actor.LinkClaim, bool.TrueString)] : [new Claim(Actor.AccountClaim, homeAccountId)];
        return new ClaimsPrincipal(new ClaimsIdentity([.. claims, .. own], scheme, Actor.NameClaim, Actor.RoleClaim));
    }
}
