using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Links;
using Luware.Portal.SignIn;

namespace Luware.Portal.Colleagues;

/// <summary>The endpoint for a link to a handed step.</summary>
internal static class ColleagueEndpoints
{
    public static void MapColleagues(this IEndpointRouteBuilder routes) =>
        routes.MapGet(NewLink.Address, OpenAsync).AllowAnonymous();

    private static async Task<IResult> OpenAsync(string? link, HttpContext http, IColleagueLinks links) => await LinkDoor.OpenAsync(
        http, NewLink.Address, await links.FindAsync(link ?? "", http.RequestAborted),
        async (target, holder) => (await links.AcceptAsync(target.LinkId, holder, http.RequestAborted)).Kind,
        (target, request) => new SignInChallenge(request with { HandedStep = target }, SignInPaths.Home));
}
