using Luware.Onboarding.Consent;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Consent;

internal static class ConsentEndpoints
{
    public static IServiceCollection AddConsent(this IServiceCollection services) => services.AddScoped<ConsentLanding>();

    public static void MapConsent(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{ConsentPaths.Go}/{{key}}", GoAsync).AsksForRoles(counts: null);
        routes.MapGet(ConsentPaths.Landing, ReceiveAsync).AllowAnonymous().LeadsHomeWhenRefused();
    }

    private static async Task<IResult> GoAsync(
        string key, HttpContext http, IEngine engine, IConsentStates states, EntraAddresses addresses, IOptions<PortalSettings> portal)
    {
        var actor = Actor.From(http.User)!;
        var access = actor.Access;
        var view = await engine.ReadAsync(actor, http.RequestAborted);
        if (view?.Region.ConsentApplications.FirstOrDefault(a => a.Key == key) is not { } application)
            return TypedResults.NotFound();
        // Applies also to a colleague from whom the step was taken back.
        if (view.IsWithheld && actor.IsByLink)
            return TypedResults.NotFound();
        // A colleague who was handed another step may not use this.
        if (view.IsHanded && view.Steps.All(s => s.Step != ConsentActions.StepOf(application)))
            return TypedResults.NotFound();

        // An application that redirects to Luware's website gets no state: it would end in another server's logs and never return here.
        var state = application.ConsentRedirect is null
            ? await states.IssueAsync(access.TenantId, application.ApplicationId, access.PersonId, http.RequestAborted)
            : null;
        var returnTo = application.ConsentRedirect ?? portal.Value.At(ConsentPaths.Landing);
        return TypedResults.Redirect(addresses.AdminConsent(access.TenantId, application.ApplicationId, state, returnTo));
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, ConsentLanding landing)
    {
        // The state must not be passed on as the referrer of the next page.
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect(
            await landing.ReceiveAsync(ConsentAnswer.From(http.Request.Query), Actor.From(http.User), http.RequestAborted));
    }
}
