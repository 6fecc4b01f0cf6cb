using Bunit;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.Onboarding;
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

    [Fact]
    public async Task A_zone_that_nobody_knows_changes_nothing()
    {
        JSInterop.Setup<string?>("luware.zone").SetResult("Mars/Olympus_Mons");

        await Clock.ReadZoneAsync(JSInterop.JSRuntime, CancellationToken.None);

        Clock.Text(Scenes.Now).ShouldBe("09:56 UTC");
    }
}
