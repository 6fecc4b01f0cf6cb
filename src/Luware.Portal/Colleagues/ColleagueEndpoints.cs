using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Portal.SignIn;

namespace Luware.Portal.Colleagues;

/// <summary>The endpoints for a link to a handed step. They reveal neither the step nor its tenant; a valid link leads to sign-in at that tenant.</summary>
internal static class ColleagueEndpoints
{
    public static void MapColleagues(this IEndpointRouteBuilder routes) =>
        routes.MapGet(NewLink.Address, OpenAsync).AllowAnonymous();

    /// <summary>Does not use the link up, because mail programs open links before people do.</summary>
    private static async Task<IResult> OpenAsync(string? link, HttpContext http, IColleagueLinks links)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await links.FindAsync(link ?? "", http.RequestAborted) is not { } target)
            return TypedResults.Redirect(LinkPaths.Refused(NewLink.Address, LinkAnswerKind.Refused));

        var actor = Actor.From(http.User);
        if (actor is not null && actor.Access.TenantId != target.EntraTenantId)
        {
            var answer = await links.AcceptAsync(target.LinkId, new LinkHolder(actor.Access.TenantId, actor.Access.PersonId), http.RequestAborted);
            return TypedResults.Redirect(LinkPaths.Refused(NewLink.Address, answer.Kind));
        }

        return new SignInChallenge(SignInRequest.For(actor, more: false) with { HandedStep = target }, SignInPaths.Home);
    }
}
