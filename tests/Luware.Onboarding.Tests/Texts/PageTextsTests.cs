using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Texts;

public sealed partial class PageTextsTests
{
    private static readonly SortedDictionary<string, string> English = Read("en");
    private static readonly SortedDictionary<string, string> German = Read("de");

    [Fact]
    public void Both_languages_have_the_same_keys() => German.Keys.ShouldBe(English.Keys);

    [Fact]
    public void No_text_is_empty_and_no_german_text_was_left_english()
    {
        English.Concat(German).ShouldAllBe(text => text.Value.Length > 0);
        English.Where(text => text.Value.Length > 15 && German[text.Key] == text.Value).ShouldBeEmpty();
    }

    [Fact]
    public void Both_languages_take_the_same_arguments() =>
        English.Keys.Where(key => !key.EndsWith(".One", StringComparison.Ordinal) && Placeholders(English[key]) != Placeholders(German[key])).ShouldBeEmpty();

    [Fact]
    public void What_to_do_when_calls_are_blocked_names_the_button_as_it_is_called() =>
        new[] { English, German }.ShouldAllBe(texts =>
            texts["TestCall.TroubleBlocked"].Contains(texts["Undo.Ask"].TrimEnd(' ', '…'), StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Every_key_that_pages_name_is_there()
    {
        var sources = Sources().ToList();
        sources.Count.ShouldBeGreaterThan(30);

        var named = sources.SelectMany(s => Named().Matches(s)).Select(m => m.Groups[1].Value).ToList();
        var counted = sources.SelectMany(s => Counted().Matches(s)).Select(m => m.Groups[1].Value).ToList();

        named.Count.ShouldBeGreaterThan(300);
        counted.Count.ShouldBeGreaterThan(20);
        named.Except(English.Keys).ShouldBeEmpty();
        counted.Where(key => !English.ContainsKey($"{key}.One") || !English.ContainsKey($"{key}.Many")).ShouldBeEmpty();
    }

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src"));
        string[] folders =
        [
            "Luware.Onboarding/Parts", "Luware.Onboarding/CustomerPages", "Luware.Onboarding/Audit", "Luware.Onboarding/Handover", "Luware.Onboarding/Tenants",
            "Luware.Portal/Components",
        ];
        return folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText);
    }

    private static SortedDictionary<string, string> Read(string language)
    {
        var resources = new ResourceManager(typeof(PageTexts));
        var culture = language == "en" ? CultureInfo.InvariantCulture : new CultureInfo(language);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var entries = resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.GetEnumerator();
        while (entries.MoveNext())
            texts.Add((string)entries.Key, (string)entries.Value!);
        return texts;
    }

    private static string Placeholders(string text) =>
        string.Join(',', Placeholder().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order());

    [GeneratedRegex(@"\{(\d)")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[Ss]ay\[""([^""]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"[Ss]ay\.Count\(""([^""]+)""")]
    private static partial Regex Counted();
}
