using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Entra's endpoints, at their real paths.</summary>
public static class EntraEndpoints
{
    public static IServiceCollection AddEntra(this IServiceCollection services) => services
        .AddSingleton<TokenIssuer>()
        .AddSingleton<SignIns>()
        .AddSingleton<Consents>()
        .AddSingleton<AuthorizeEndpoint>()
        .AddSingleton<AdminConsentEndpoint>()
        .AddSingleton<TokenEndpoint>();

    public static void MapEntra(this IEndpointRouteBuilder routes)
    {
        routes.MapMetadata();
        routes.MapGet("/{tenant}/oauth2/v2.0/authorize", (string tenant, HttpContext context, AuthorizeEndpoint endpoint) => endpoint.Get(tenant, context));
        routes.MapPost("/{tenant}/oauth2/v2.0/authorize",
            (string tenant, HttpContext context, AuthorizeEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.PostAsync(tenant, context, cancellationToken));
        routes.MapPost("/{tenant}/oauth2/v2.0/token", (string tenant, HttpRequest request, TokenEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.PostAsync(tenant, request, cancellationToken));
        routes.MapAdminConsent("/{tenant}/adminconsent");
        // Names its scope, which for the portal is what its registration asks for as well: the profile, and no application permission.
        routes.MapAdminConsent("/{tenant}/v2.0/adminconsent");
        routes.MapGet("/{tenant}/oauth2/v2.0/logout", SignOut);
        routes.MapGet("/sandbox/sign-out", SwitchAccount);
    }

    private static void MapAdminConsent(this IEndpointRouteBuilder routes, string path)
    {
        routes.MapGet(path, (string tenant, HttpContext context, AdminConsentEndpoint endpoint) => endpoint.Get(tenant, context));
        routes.MapPost(path, (string tenant, HttpContext context, AdminConsentEndpoint endpoint, CancellationToken cancellationToken) =>
            endpoint.PostAsync(tenant, context, cancellationToken));
    }

    private static IResult SignOut(HttpContext context, SignIns signIns, Applications applications)
    {
        signIns.SignOut(context);
        // Like the real Entra, redirects only to an address of a registered application.
        return Uri.TryCreate(context.Request.Query["post_logout_redirect_uri"], UriKind.Absolute, out var uri)
            && applications.All.Exists(a => a.RedirectUris.Exists(r => r.Authority == uri.Authority && r.Scheme == uri.Scheme))
            ? Results.Redirect(WithState(uri, context.Request.Query["state"]))
            : EntraPage.SignedOut();
    }

    private static IResult SwitchAccount(string then, HttpContext context, SignIns signIns)
    {
        signIns.SignOut(context);
        return Results.LocalRedirect(then);
    }

    private static string WithState(Uri uri, string? state) =>
        state is null ? uri.AbsoluteUri : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(uri.AbsoluteUri, "state", state);
}
