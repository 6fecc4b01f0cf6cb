using Luware.Onboarding.Engine;
using Luware.Portal.Operations;

namespace Luware.Portal.SignIn;

/// <summary>Handles refusals by the engine, which checks session and tenant again: either may have ended since the cookie was read.</summary>
internal static class EndedSession
{
    /// <summary>Redirects to the portal's own page instead of an error; that page says who may enter, or asks for a sign-in.</summary>
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

    /// <summary>
    /// Checks the roles as an open page does, and refuses people who have lost a role that admitted them, so that a download is not available for longer than a
    /// page. Also limits how many files a person may download.
    /// </summary>
    /// <param name="counts">The kind of file whose limit applies; null if it is no file.</param>
    public static RouteHandlerBuilder AsksForRoles(this RouteHandlerBuilder route, FileKind? counts = FileKind.Record) =>
        route.LeadsHomeWhenRefused().WithMetadata(RolesAsked.Instance).AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (Actor.From(http.User) is not { } actor)
            return await next(context);
        if (await http.RequestServices.GetRequiredService<RoleWatch>().HasLostAsync(actor, http.RequestAborted))
            throw new UnauthorizedAccessException("A role by which the person came in is gone.");
        return counts is not { } kind || http.RequestServices.GetRequiredService<FileLimits>().TryEnter(http, kind, actor)
            ? await next(context)
            : Results.Empty;
    });
}

/// <summary>Marks endpoints that check the roles, so that a test can find one that does not.</summary>
internal sealed class RolesAsked
{
    public static readonly RolesAsked Instance = new();

    private RolesAsked()
    {
    }
}
