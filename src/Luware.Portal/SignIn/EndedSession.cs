using Luware.Onboarding.Engine;

namespace Luware.Portal.SignIn;

/// <summary>The engine looks at session and tenant again; between the cookie and the call either may have gone.</summary>
internal static class EndedSession
{
    /// <summary>Leads to the portal's own page instead of an error: it says who may come in, or asks for a sign-in.</summary>
    public static RouteHandlerBuilder LeadsHomeWhenRefused(this RouteHandlerBuilder route) => route.AddEndpointFilter(async (context, next) =>
    {
        try
        {
            return await next(context);
        }
        catch (UnauthorizedAccessException)
        {
            return TypedResults.Redirect(SignInPaths.Home);
        }
    });

    /// <summary>Asks what an open page asks all the time, and refuses whoever has lost a role by which they came in: what is taken along is not seen for longer than a page.</summary>
    public static RouteHandlerBuilder AsksForRoles(this RouteHandlerBuilder route) => route.LeadsHomeWhenRefused().WithMetadata(RolesAsked.Instance).AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        return Actor.From(http.User) is { } actor && await http.RequestServices.GetRequiredService<RoleWatch>().HasLostAsync(actor, http.RequestAborted)
            ? throw new UnauthorizedAccessException("A role by which the person came in is gone.")
            : await next(context);
    });
}

/// <summary>Marks an address at which the roles are asked for, so that a test can find one at which they are not.</summary>
internal sealed class RolesAsked
{
    public static readonly RolesAsked Instance = new();

    private RolesAsked()
    {
    }
}
