using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;

namespace Luware.Portal.SignIn;

/// <summary>Opens a link that a person was given. It reveals nothing about its tenant; a valid link leads to sign-in at that tenant.</summary>
internal static class LinkDoor
{
    /// <summary>Does not use the link up, because mail programs open links before people do.</summary>
    /// <param name="address">The address that the link opens.</param>
    /// <param name="target">What the link's secret opens; null if it opens nothing.</param>
    /// <param name="acceptAsync">Answers somebody who is signed in at another tenant: they are refused, and counted.</param>
    /// <param name="signIn">The sign-in at the link's tenant.</param>
    public static async Task<IResult> OpenAsync(
        HttpContext http, string address, LinkTarget? target, Func<LinkTarget, LinkHolder, Task<LinkAnswerKind>> acceptAsync,
        Func<LinkTarget, SignInRequest, SignInChallenge> signIn)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (target is null)
            return TypedResults.Redirect(LinkPaths.Refused(address, LinkAnswerKind.Refused));

        var actor = Actor.From(http.User);
        if (actor is not null && actor.Access.TenantId != target.EntraTenantId)
            return TypedResults.Redirect(LinkPaths.Refused(address, await acceptAsync(target, new LinkHolder(actor.Access.TenantId, actor.Access.PersonId))));

        return signIn(target, SignInRequest.For(actor, more: false));
    }
}
