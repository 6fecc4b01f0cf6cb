using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Options;
using Radzen;

namespace Luware.Portal.Components;

/// <summary>Registers and maps the pages.</summary>
public static class PortalPages
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddSingleton<Say>();
        services.AddScoped<PersonClock>();
        services.AddSingleton<CarriedAnswers>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SupportSettings>>().Value.Help);
        services.AddSingleton(provider => new PublicAddress(provider.GetRequiredService<IOptions<PortalSettings>>().Value.At("/")));
        services.AddOnboardingPages();
        return services;
    }

    /// <summary>Maps the pages, their files and the language switch. Call it after authentication, authorization and antiforgery.</summary>
    public static WebApplication MapPortalPages(this WebApplication app)
    {
        app.UsePortalLanguages();
        app.Use(LeadAwayFromFullHouse);
        app.MapStaticAssets().AllowAnonymous();
        app.MapLanguage();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().AddAdditionalAssemblies(typeof(OnboardingPage).Assembly)
            .DisableRequestTimeout(); // A circuit's connection is a request that lasts as long as its page.
        return app;
    }

    /// <summary>Redirects to the page that says why when a page would get no connection.</summary>
    private static Task LeadAwayFromFullHouse(HttpContext http, RequestDelegate next)
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && http.AcceptsInteractiveRouting();
        if (!isPage || !http.RequestServices.GetRequiredService<OpenPages>().Refuses(http))
            return next(http);
        http.Response.Redirect(OpenPages.Address);
        return Task.CompletedTask;
    }
}
