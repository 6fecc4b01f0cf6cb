using System.Globalization;
using Bunit;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.CustomerPages;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Parts;

public sealed class PersonClockTests : PageContext
{
    private PersonClock Clock => Services.GetRequiredService<PersonClock>();

    [Fact]
    public void Before_the_browser_has_named_its_zone_times_say_that_they_are_utc() =>
        Clock.Text(Scenes.Now).ShouldBe("09:56 UTC");

    [Fact]
    public async Task Times_are_the_persons_own_and_another_day_says_its_date()
    {
        await Clock.ReadZoneAsync(JSInterop.JSRuntime, CancellationToken.None);

        Clock.Text(Scenes.Now).ShouldBe("10:56");
        Clock.Text(Scenes.Now, seconds: true).ShouldBe("10:56:04");
        Clock.Text(Scenes.Now.AddDays(-1)).ShouldBe("21/11/2026 10:56");
    }

    [Theory]
    [InlineData("en-GB", "at 10:56", "on 21/11/2026 at 10:56")]
    [InlineData("de-CH", "um 10:56", "am 21.11.2026 um 10:56")]
    public async Task Within_a_sentence_the_words_before_a_time_are_those_that_go_with_it(string culture, string today, string yesterday)
    {
        await Clock.ReadZoneAsync(JSInterop.JSRuntime, CancellationToken.None);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);

        Clock.In(Say, Scenes.Now).ShouldBe(today);
        Clock.In(Say, Scenes.Now.AddDays(-1)).ShouldBe(yesterday);
    }

    [Theory]
    [InlineData("en-GB", "just now", "5 min ago", "2 h ago", "1 day ago", "3 days ago")]
    [InlineData("de-CH", "gerade eben", "vor 5 min", "vor 2 h", "vor 1 Tag", "vor 3 Tagen")]
    public void How_long_ago_is_said_as_people_say_it(string culture, params string[] said)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);

        new[] { TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), TimeSpan.FromDays(1.5), TimeSpan.FromDays(3) }
            .Select(Say.Ago).ShouldBe(said);
    }

    [Fact]
    public async Task A_zone_that_nobody_knows_changes_nothing()
    {
        JSInterop.Setup<string?>("luware.zone").SetResult("Mars/Olympus_Mons");

        await Clock.ReadZoneAsync(JSInterop.JSRuntime, CancellationToken.None);

        Clock.Text(Scenes.Now).ShouldBe("09:56 UTC");
    }
}
