using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Portal.SignIn;

namespace Luware.Portal.Invitations;

/// <summary>The endpoints for an invitation. They reveal nothing about the customer; a valid link leads to sign-in at the invited tenant.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder routes) =>
        routes.MapGet(NewInvitation.Address, OpenAsync).AllowAnonymous();

    private static async Task<IResult> OpenAsync(string? link, HttpContext http, IInvitations invitations)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await invitations.FindAsync(link ?? "", http.RequestAborted) is not { } target)
            return TypedResults.Redirect(LinkPaths.Refused(NewInvitation.Address, LinkAnswerKind.Refused));

        var actor = Actor.From(http.User);
        if (actor is not null && actor.Access.TenantId != target.EntraTenantId)
        {
            var answer = await invitations.AcceptAsync(target.LinkId, new LinkHolder(actor.Access.TenantId, actor.Access.PersonId), http.RequestAborted);
            return TypedResults.Redirect(LinkPaths.Refused(NewInvitation.Address, answer));
        }

        return new SignInChallenge(SignInRequest.For(actor, more: false) with { Invitation = target }, LinkPaths.Arrival);
    }
}
