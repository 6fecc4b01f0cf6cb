using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Texts;

/// <summary>
/// Waits, refusals, findings and events are read by the customer and by Luware's specialists. So they say who does what and address nobody: a specialist
/// would take “your tenant” for Luware's own.
/// </summary>
public sealed partial class BothReadersTests
{
    [Fact]
    public void No_sentence_that_both_read_addresses_its_reader()
    {
        var english = Read("").Where(t => EnglishAddress().IsMatch(t.Text));
        var german = Read("de").Where(t => GermanAddress().IsMatch(t.Text));

        english.Concat(german).Select(t => $"{t.Key}: {t.Text}").ShouldBeEmpty();
    }

    [Fact]
    public void A_wait_for_luware_does_not_begin_with_the_name_that_stands_before_it()
    {
        string[] waits =
        [
            "Engine.NotReady", "Engine.NotReadyUncounted", "Engine.GroupNotReady", "Engine.RegionGone", "Engine.WritesStopped", "Consent.WaitForId",
            "Storage.WaitForEndpoint",
        ];

        var found = Read("").Concat(Read("de")).Where(t => waits.Contains(t.Key)).ToList();

        found.Count.ShouldBe(2 * waits.Length);
        found.ShouldAllBe(t => !t.Text.StartsWith("Luware", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Key, string Text)> Read(string culture)
    {
        var entries = new ResourceManager(typeof(StepTexts))
            .GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!.GetEnumerator();
        while (entries.MoveNext())
        {
            if (!ForOneReader().IsMatch((string)entries.Key))
                yield return ((string)entries.Key, (string)entries.Value!);
        }
    }

    /// <summary>
    /// Letters to send, when to try again, choices, their questions and consequences, scripts, answers to a click, refusals at the sign-in itself: the person
    /// who acts reads them alone. What a specialist is shown of a question is introduced as one to the customer.
    /// </summary>
    [GeneratedRegex(
        """
        \.(Letter|When|WhenAgain)$ | (^|\.)(Choices|Script)\. | \.Question\. | \.Why
        | ^(Tenants\.Fault|People|Outage|Storage\.Id|Policies\.(Name|Description|Flag))\.
        | ^Whitelisting\.(DomainGone|NameOfUser|OtherApplication)$
        | ^Engine\.(AccessInUse|NothingToConfirm|PlanOutdated|UndoFirst|UndoOtherFirst|Offboarding\w+|ReadAgain)$
        | ^Engine\.(AdminAsked|AdminConsent|Declined|OtherAccount|OtherDirectory|ProofWanted|ScopesDeclined|SecondFactor|SignInDeclined|SignInEnded|SignInExpired|SignInFailed)\.
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex ForOneReader();

    [GeneratedRegex(@"\byou(r|rs|rself|rselves)?\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex EnglishAddress();

    /// <summary>At the beginning of a sentence “Sie” and “Ihre” may mean others; within one they are the reader.</summary>
    [GeneratedRegex(@"(?<=[\p{Ll},;] )(Sie|Ihr|Ihre[mnrs]?|Ihnen)\b|\bSie (selbst|haben|sind)\b|\bIhre? (Anmeldung|Konto|Mandant|Organisation|Verzeichnis)\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex GermanAddress();
}
