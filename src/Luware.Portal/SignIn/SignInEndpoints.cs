using Luware.Onboarding.Engine;
using Luware.Onboarding.Onboarding;
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
        routes.MapGet(SignInPaths.SignIn, SignInAsync).AllowAnonymous();
        routes.MapGet(SignInPaths.More, AskForMoreAsync).LeadsHomeWhenRefused();
        routes.MapPost(SignInPaths.SignOut, SignOutAsync);
    }

    private static async Task<ChallengeHttpResult> SignInAsync(string? returnUrl, HttpContext http) =>
        Challenge(returnUrl, SignInRequest.For(Actor.From(http.User), more: false) with { Proof = await WantedAsync(http) });

    /// <summary>Asks for the permissions of the route, which follows from the plan and the choices, or is Luware's recommendation if there are none.</summary>
    private static async Task<ChallengeHttpResult> AskForMoreAsync(string? returnUrl, HttpContext http, IEngine engine)
    {
        var actor = Actor.From(http.User)!;
        var view = await engine.ReadAsync(actor, http.RequestAborted);
        return Challenge(returnUrl, SignInRequest.For(actor, more: true, Permissions.RouteOf(view)) with { Proof = await WantedAsync(http) });
    }

    private static async Task<Proof?> WantedAsync(HttpContext http) =>
        (await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Properties.WantedProof();

    private static ChallengeHttpResult Challenge(string? returnUrl, SignInRequest request) =>
        TypedResults.Challenge(request.ToProperties(ReturnAddress(returnUrl)), [OpenIdConnectDefaults.AuthenticationScheme]);

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
