using System.Globalization;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Localization;

namespace Luware.Portal.Components;

/// <summary>
/// Texts are in the language of the person's cookie, else in the first of the browser's languages that the portal supports, else in English. Dates and numbers
/// follow the browser's region in that language, so that a person who reads English in Zurich does not get American dates.
/// </summary>
internal sealed class PersonCulture : RequestCultureProvider
{
    public static readonly IList<CultureInfo> Known = [.. CultureInfo.GetCultures(CultureTypes.AllCultures)
        .Where(c => PortalLanguages.Homes.ContainsKey(c.TwoLetterISOLanguageName))];

    private static readonly HashSet<string> KnownNames = [.. Known.Select(c => c.Name)];

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var tags = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().ToLowerInvariant().Split('-')).ToList();
        var language = tags.Select(t => t[0]).Prepend(Chosen(httpContext)).FirstOrDefault(l => l is not null && PortalLanguages.Homes.ContainsKey(l)) ?? "en";
        var culture = tags.Select(Region).Where(r => r is not null).Select(r => $"{language}-{r}").FirstOrDefault(KnownNames.Contains)
            ?? PortalLanguages.Homes[language];
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(culture, language));
    }

    private static string? Chosen(HttpContext http) =>
        http.Request.Cookies[CookieRequestCultureProvider.DefaultCookieName] is { } cookie
            ? CookieRequestCultureProvider.ParseCookieValue(cookie)?.UICultures.FirstOrDefault().Value : null;

    /// <summary>Returns CH for de-CH and for zh-Hant-CH.</summary>
    private static string? Region(string[] tag) => tag.Skip(1).FirstOrDefault(part => part.Length == 2)?.ToUpperInvariant();
}
