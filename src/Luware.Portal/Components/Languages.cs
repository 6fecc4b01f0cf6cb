using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Luware.Portal.Components;

/// <summary>The languages of the portal: the person's cookie, else what the browser prefers, else English.</summary>
public static class Languages
{
    private static readonly string[] Codes = ["en", "de"];

    /// <summary>What the language switch offers.</summary>
    public static string Other(CultureInfo current) => Codes.First(code => code != current.TwoLetterISOLanguageName);

    public static IApplicationBuilder UsePortalLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.SetDefaultCulture(Codes[0]).AddSupportedUICultures(Codes);
        // Times and numbers follow the browser's own region (de-CH, en-GB) where it speaks one of the languages.
        options.SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(c => Codes.Contains(c.TwoLetterISOLanguageName))];
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
    });

    /// <summary>GET /language/{code}?returnUrl: remembers the language and goes back.</summary>
    public static void MapLanguage(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/language/{code}", (string code, string? returnUrl, HttpContext http) =>
    {
        if (Codes.Contains(code, StringComparer.Ordinal))
            http.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(code)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps });
        return Results.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }).AllowAnonymous();

    /// <summary>An address of this portal: one slash, and no second slash or backslash that a browser would take for a host.</summary>
    private static bool IsLocal(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
