using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
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
        if (await invitations.FindAsync(link ?? "", http.RequestAborted) is not { } door)
            return TypedResults.Redirect(InvitationPaths.Page(LinkAnswerKind.Refused));

        var actor = Actor.From(http.User);
        if (actor is not null && actor.Access.TenantId != door.EntraTenantId)
            return TypedResults.Redirect(
                InvitationPaths.Page(
                    await invitations.AcceptAsync(door.LinkId, new LinkHolder(actor.Access.TenantId, actor.Access.PersonId), http.RequestAborted)));

        return new SignInChallenge(SignInRequest.For(actor, more: false) with { Invitation = door }, InvitationPaths.Arrival);
    }
}
