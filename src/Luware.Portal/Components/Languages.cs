using System.Globalization;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;

namespace Luware.Portal.Components;

/// <summary>The portal's languages, and the switch between them.</summary>
public static class Languages
{
    /// <summary>The language that the switch offers.</summary>
    public static string Other(CultureInfo current) => PortalLanguages.Codes.First(code => code != current.TwoLetterISOLanguageName);

    public static IApplicationBuilder UsePortalLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.AddSupportedUICultures([.. PortalLanguages.Codes]);
        options.SupportedCultures = PersonCulture.Known;
        options.RequestCultureProviders = [new PersonCulture()];
    });

    /// <summary>GET /language/{code}?returnUrl: stores the language and returns.</summary>
    public static void MapLanguage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/language/{code}", (string code, string? returnUrl, HttpContext http) =>
    {
        if (PortalLanguages.Homes.ContainsKey(code))
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(code)),
                new CookieOptions
                {
                    MaxAge = TimeSpan.FromDays(365), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
                });
        return Results.LocalRedirect(RedirectHttpResult.IsLocalUrl(returnUrl) ? returnUrl! : "/");
    }).AllowAnonymous();
}
