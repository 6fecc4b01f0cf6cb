using Luware.Portal.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Luware.Portal.Tests.Components;

public sealed class PersonCultureTests
{
    [Theory]
    [InlineData("de-CH,de;q=0.9,en;q=0.8", null, "de", "de-CH")]
    [InlineData("en-US,en;q=0.9", null, "en", "en-US")]
    [InlineData("de-CH,de;q=0.9", "en", "en", "en-CH")]
    [InlineData("fr-CH,fr;q=0.9,en;q=0.8", null, "en", "en-CH")]
    [InlineData("en;q=0.5,de-AT;q=0.9", null, "de", "de-AT")]
    [InlineData("en", null, "en", "en-GB")]
    [InlineData("de", null, "de", "de-DE")]
    [InlineData("DE-ch", null, "de", "de-CH")]
    [InlineData("zh-Hant-TW", null, "en", "en-GB")]
    [InlineData("*", null, "en", "en-GB")]
    [InlineData("", "de", "de", "de-DE")]
    [InlineData("de-CH", "xx", "de", "de-CH")]
    [InlineData("%&/;;q=x", "en", "en", "en-GB")]
    public async Task Words_are_in_the_persons_language_and_dates_as_in_their_region(string accepts, string? cookie, string language, string culture)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.AcceptLanguage = accepts;
        if (cookie is not null)
            http.Request.Headers.Cookie = $"{CookieRequestCultureProvider.DefaultCookieName}=c={cookie}|uic={cookie}";

        var found = (await new PersonCulture().DetermineProviderCultureResult(http))!;

        (found.UICultures.Single().Value, found.Cultures.Single().Value).ShouldBe((language, culture));
    }
}
