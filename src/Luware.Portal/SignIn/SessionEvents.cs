using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Features;

namespace Luware.Portal.SignIn;

/// <summary>Reacts to sign-in and sign-out, both of which go into the audit. A sign-in stores the tokens and wakes runs that waited for it.</summary>
internal sealed class SessionEvents(SessionTokenCaches caches, IEngine engine, IAudit audit, Staff staff, RoleWatch roles) : CookieAuthenticationEvents
{
    /// <summary>Checks Luware's own people at every request, because they can work without a circuit: access must not outlast their role.</summary>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (Actor.From(context.Principal!) is { } actor && staff.IsStaff(actor) && await roles.HasLostAsync(actor, context.HttpContext.RequestAborted))
            context.RejectPrincipal();
    }

    public override async Task SignedIn(CookieSignedInContext context)
    {
        var actor = Actor.From(context.Principal!) ?? throw new InvalidOperationException("A session without a complete identity.");
        var redeemed = context.HttpContext.Features.GetRequiredFeature<RedeemedCode>();
        var aborted = context.HttpContext.RequestAborted;
        await audit.SignedInAsync(actor, aborted);
        await caches.WriteAsync(actor.Access.SessionId, redeemed.Cache.Content ?? [], aborted);
        roles.Forget(actor.Access.SessionId);
        redeemed.Dispose();
        try
        {
            await engine.ResumeAsync(actor, aborted);
        }
        catch (UnauthorizedAccessException)
        {
            // Signed in, but from a tenant that Luware does not onboard: the page says whom to ask.
        }
    }

    /// <summary>Who signs out of a session that has ended is signed out: the welcome page would lead them back to here after the next sign-in.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path == SignInPaths.SignOut)
            context.RedirectUri = SignInPaths.SignedOut;
        return base.RedirectToLogin(context);
    }

    /// <summary>The session has already ended, even if this fails.</summary>
    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (Actor.From(context.HttpContext.User) is { } actor)
            await audit.SignedOutAsync(actor, CancellationToken.None);
    }
}
