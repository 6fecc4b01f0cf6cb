using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPaths.SignIn, (string? returnUrl, HttpContext http) => Challenge(http, returnUrl, more: false)).AllowAnonymous();
        routes.MapGet(SignInPaths.More, (string? returnUrl, HttpContext http) => Challenge(http, returnUrl, more: true));
        routes.MapPost(SignInPaths.SignOut, SignOutAsync);
    }

    private static ChallengeHttpResult Challenge(HttpContext http, string? returnUrl, bool more) =>
        TypedResults.Challenge(
            SignInRequest.For(Actor.From(http.User), more).ToProperties(ReturnAddress(returnUrl)), [OpenIdConnectDefaults.AuthenticationScheme]);

    private static async Task<IResult> SignOutAsync(
        HttpContext http, IAntiforgery antiforgery, EntraAddresses addresses, IOptions<PortalSettings> portal)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return TypedResults.BadRequest();

        var tenant = Actor.From(http.User)!.Access.TenantId;
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.Redirect(addresses.Logout(tenant, portal.Value.At(SignInPaths.SignedOut)));
    }

    private static string ReturnAddress(string? wanted) => RedirectHttpResult.IsLocalUrl(wanted) ? wanted! : SignInPaths.Home;
}
