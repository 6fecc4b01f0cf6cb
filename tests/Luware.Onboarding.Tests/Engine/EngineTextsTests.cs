using System.Globalization;
using System.Resources;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Engine;

public sealed class EngineTextsTests
{
    private static readonly ResourceManager Texts = new(typeof(StepTexts));

    [Theory]
    [InlineData("")]
    [InlineData("de")]
    public void Every_general_refusal_has_its_five_sentences(string culture)
    {
        using var set = Texts.GetResourceSet(CultureInfo.GetCultureInfo(culture), createIfNotExists: true, tryParents: false)!;

        GeneralRefusal.Names.Select(n => new GeneralRefusal(n, "x"))
            .SelectMany(r => new[] { r.Title, r.What, r.WhoCanFix, r.WhenAgain, r.Letter })
            .Where(s => string.IsNullOrWhiteSpace(set.GetString(s.Key))).ShouldBeEmpty();
    }
}
