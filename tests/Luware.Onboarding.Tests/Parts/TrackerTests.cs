using System.Globalization;
using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Parts;

/// <summary>The bar and the words say the same numbers.</summary>
public sealed class TrackerTests : BunitContext
{
    public TrackerTests() => Services.AddLocalization().AddLogging().AddSingleton<Say>().AddSingleton(TimeProvider.System).AddScoped<PersonClock>();

    [Fact]
    public void A_few_people_are_a_mark_each_and_each_kind_looks_different()
    {
        var shown = Render<SpreadTracker>(p => p.Add(c => c.Spread, new Spread(37, 2, 1, 0, DateTimeOffset.UnixEpoch)));

        shown.FindAll("svg > rect.tone-ok").Count.ShouldBe(37);
        shown.FindAll("svg > rect.later").Count.ShouldBe(2);
        shown.FindAll("svg > rect.hatched").Single().GetAttribute("fill").ShouldStartWith("url(#hatch-");
        shown.FindAll("li").Select(l => l.TextContent.Trim()).ShouldBe(["37 have it in force", "2 on the way", "Another policy wins for 1"]);
    }

    [Fact]
    public void Fifty_thousand_are_a_stretch_of_their_share_whatever_the_readers_language()
    {
        using var german = new Culture("de-CH");
        var shown = Render<SpreadTracker>(p => p.Add(c => c.Spread, new Spread(190, 10, 0, 49_800, DateTimeOffset.UnixEpoch)));

        shown.FindAll("svg > rect").Select(r => $"{r.GetAttribute("x")}+{r.GetAttribute("width")}").ShouldBe(["0+190", "190+10", "200+49800"]);
        shown.Find("pattern").GetAttribute("width")!.ShouldNotContain(",");
        shown.FindAll("li").Count.ShouldBe(3);
    }

    private sealed class Culture : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentCulture;

        public Culture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = before;
    }
}
