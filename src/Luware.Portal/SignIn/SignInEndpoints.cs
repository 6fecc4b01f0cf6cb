using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(SignInPaths.SignIn, SignInAsync).AllowAnonymous();
        routes.MapGet(SignInPaths.More, AskForMoreAsync).LeadsHomeWhenRefused();
        routes.MapPost(SignInPaths.SignOut, SignOutAsync);
    }

    private static async Task<SignInChallenge> SignInAsync(string? returnUrl, HttpContext http) =>
        new(SignInRequest.For(Actor.From(http.User), more: false) with { Proof = await WantedAsync(http) }, ReturnAddress(returnUrl));

    /// <summary>Asks for the permissions of the route, which follows from the plan and the choices, or is Luware's recommendation if there are none.</summary>
    private static async Task<SignInChallenge> AskForMoreAsync(string? returnUrl, HttpContext http, IEngine engine)
    {
        var actor = Actor.From(http.User)!;
        var view = await engine.ReadAsync(actor, http.RequestAborted);
        return new(SignInRequest.For(actor, more: true, Permissions.RouteOf(view)) with { Proof = await WantedAsync(http) }, ReturnAddress(returnUrl));
    }

    private static async Task<Proof?> WantedAsync(HttpContext http) =>
        (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties.WantedProof();

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
