using System.Text.RegularExpressions;
using Luware.Onboarding.Tests.Architecture;

namespace Luware.Onboarding.Tests.Texts;

/// <summary>One German word per concept: CONTRIBUTING.md lists them, and no text uses another.</summary>
public sealed partial class GermanWordsTests
{
    [Theory]
    [InlineData("Mandant", @"\bTenants?\b")]
    [InlineData("Jetzt nicht", "Nicht jetzt")]
    [InlineData("Rekorder", "Recorder")]
    [InlineData("Supervisoren", "Vorgesetzt")]
    [InlineData("föderiert", "(Domäne|sie) ist verbunden|[(]verbunden")]
    [InlineData("Onboarding", @"\bEinrichtung\b")]
    [InlineData("Fail Close", "fail close|Fail-close|die sperrt|bei Ausfall")]
    [InlineData("freigeben", @"\bPlan\b.*genehmig|genehmig.*\bPlan\b|bewillig")]
    [InlineData("Complianceaufzeichnung", "Compliance-Aufzeichnung")]
    [InlineData("Success Specialist", "Ansprechperson|Spezialist|Betreuer")]
    [InlineData("Testperson", "Testbenutzer|Testnutzer")]
    [InlineData("Kennwort", "Passwort")]
    [InlineData("E-Mail", "(?<!E-)Mail(?!to)")]
    [InlineData("Unternehmensanwendung", "Enterprise-?App|Unternehmensapp")]
    [InlineData("Besprechung", @"\bMeetings?\b")]
    [InlineData("globaler Administrator", "Administratorin|Globaladministrator")]
    public void One_thing_has_one_word(string word, string others)
    {
        AllTexts.German.Where(t => Regex.IsMatch(t.Text, others, RegexOptions.CultureInvariant)).Select(t => $"{t.Key}: {t.Text}")
            .ShouldBeEmpty($"“{word}” is the word");
        AllTexts.German.ShouldContain(t => t.Text.Contains(word, StringComparison.OrdinalIgnoreCase), "a word that nobody uses needs no rule");
        Glossary().ShouldContain(word);
    }

    [Fact]
    public void A_plan_is_released_and_only_Microsofts_own_requests_are_approved() =>
        AllTexts.German.Where(t => t.Text.Contains("genehmig", StringComparison.OrdinalIgnoreCase)).Select(t => t.Key)
            .ShouldAllBe(key => key.StartsWith("Storage.", StringComparison.Ordinal) || key.StartsWith("Before.AskedText.", StringComparison.Ordinal)
                || key.StartsWith("Engine.AdminAsked.", StringComparison.Ordinal));

    /// <summary>The German section of CONTRIBUTING.md.</summary>
    private static string Glossary() =>
        GermanWords().Match(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"))).Value;

    [GeneratedRegex(@"^## German$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex GermanWords();
}
