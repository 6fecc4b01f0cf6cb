using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Portal.SignIn;

namespace Luware.Portal.Invitations;

/// <summary>The endpoint for an invitation.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder routes) =>
        routes.MapGet(NewInvitation.Address, OpenAsync).AllowAnonymous();

    private static async Task<IResult> OpenAsync(string? link, HttpContext http, IInvitations invitations) => await LinkDoor.OpenAsync(
        http, NewInvitation.Address, await invitations.FindAsync(link ?? "", http.RequestAborted),
        (target, holder) => invitations.AcceptAsync(target.LinkId, holder, http.RequestAborted),
        (target, request) => new SignInChallenge(request with { Invitation = target }, LinkPaths.Arrival));
}
