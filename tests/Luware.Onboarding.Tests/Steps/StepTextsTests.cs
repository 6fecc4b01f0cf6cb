using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>The steps' sentences exist in every language and use their arguments.</summary>
public sealed partial class StepTextsTests
{
    private static readonly ResourceManager Resources = new(typeof(StepTexts));
    private static readonly Dictionary<string, string> English = Read(CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> German = Read(CultureInfo.GetCultureInfo("de"));

    [Fact]
    public void Both_languages_have_the_same_sentences() => German.Keys.Order(StringComparer.Ordinal).ShouldBe(English.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_translation_takes_the_same_arguments()
    {
        foreach (var (key, text) in English)
            Placeholders(German[key]).ShouldBe(Placeholders(text), key);
    }

    [Fact]
    public void Nothing_was_left_untranslated() =>
        English.Where(t => t.Value.Split(' ').Length > 3 && German[t.Key] == t.Value).Select(t => t.Key).ShouldBeEmpty();

    [Fact]
    public void Every_sentence_in_the_source_exists()
    {
        var used = Sources().SelectMany(source => Sentences().Matches(source))
            .SelectMany(m => Key().Matches(m.Groups["keys"].Value)).Select(m => m.Groups[1].Value).ToList();

        used.Count.ShouldBeGreaterThan(60);
        used.Except(English.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void No_sentence_is_left_over()
    {
        var source = string.Concat([.. Sources(), .. Sources("*.razor")]);
        HashSet<string> prefixes = [.. Directory.GetDirectories(Folder()).Select(Path.GetFileName).OfType<string>(), "Impact", "People", "Choices"];
        prefixes.ShouldContain("SecurityGroups");
        var ofSteps = English.Keys.Where(k => prefixes.Contains(k.Split('.')[0]));
        ofSteps.Where(k => !source.Contains($"\"{k}\"", StringComparison.Ordinal)
            && !source.Contains($"\"{k[..k.LastIndexOf('.')]}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_in_a_choices_component_exists()
    {
        var used = Sources("*.razor").Concat(Sources()).SelectMany(s => Localized().Matches(s)).Select(m => m.Groups[1].Value).ToList();

        used.Count.ShouldBeGreaterThan(90);
        used.Except(English.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Every_sentence_of_a_refusal_exists()
    {
        var refusals = typeof(StepRefusal).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(StepRefusal)) && !t.IsAbstract).ToList();
        refusals.Count.ShouldBeGreaterThan(10);
        foreach (var refusal in refusals.Select(t => (StepRefusal)Activator.CreateInstance(
            t, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, null, [.. t.GetConstructors()[0].GetParameters().Select(_ => "")], null)!))
        {
            Sentence[] sentences = [refusal.Title, refusal.What, refusal.WhoCanFix, refusal.WhenAgain, refusal.Letter];
            sentences.Select(s => s.Key).Except(English.Keys).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Roles_and_permissions_have_their_names()
    {
        var roles = typeof(DirectoryRoles).GetFields().Select(f => $"Role.{f.GetValue(null)}");
        roles.Concat(RequiredPermissions.Recording.All.Select(p => $"Permission.{p.Name}")).Except(English.Keys).ShouldBeEmpty();
    }

    /// <summary>The sentences exist and use exactly the arguments that they get.</summary>
    internal static void ShouldBeSayable(IEnumerable<Sentence?> sentences)
    {
        foreach (var sentence in sentences.OfType<Sentence>())
        {
            English.ShouldContainKey(sentence.Key);
            Placeholders(English[sentence.Key]).ShouldBe(sentence.Arguments.Select((_, i) => $"{{{i}}}"), sentence.Key);
        }
    }

    private static Dictionary<string, string> Read(CultureInfo culture) =>
        Resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    private static string[] Placeholders(string text) =>
        [.. Placeholder().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sources(string pattern = "*.cs") =>
        Directory.GetFiles(Folder(), pattern, SearchOption.AllDirectories).Select(File.ReadAllText);

    /// <summary>Holds a folder for each step, named like its texts.</summary>
    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Luware.Onboarding/Steps");

    [GeneratedRegex("""\{\d+\}""")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""new Sentence\((?<keys>[^;)]*)""")]
    private static partial Regex Sentences();

    [GeneratedRegex("""(?<!\$)"([A-Z][A-Za-z]+\.[A-Za-z0-9.]+)"(?! \+)""")]
    private static partial Regex Key();

    [GeneratedRegex("""Texts\["([^"]+)"[\],]""")]
    private static partial Regex Localized();
}
