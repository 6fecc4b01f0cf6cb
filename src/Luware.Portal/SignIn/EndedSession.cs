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
}
