using System.Text.RegularExpressions;
using Luware.Onboarding.Tests.Architecture;

namespace Luware.Onboarding.Tests.Texts;

/// <summary>One English word per concept: CONTRIBUTING.md lists them, and no text uses another. A number stands so that it is right for one as well.</summary>
public sealed partial class EnglishWordsTests
{
    /// <summary>Why there are always several.</summary>
    private static readonly Dictionary<string, string> AlwaysSeveral = new(StringComparer.Ordinal)
    {
        ["Grants.Choices.Cut"] = "as many as are listed at most",
        ["Grants.Question.TooManyExceptions"] = "as many as are allowed",
        ["Grants.Question.TooManyGroups"] = "nearly as many as Microsoft allows",
        ["Grants.Unread.Cut"] = "as many as Teams lists at most",
        ["SecurityGroups.Choice"] = "one for each role",
        ["SecurityGroups.Question.SeveralGroups"] = "groups of the same name",
        ["SecurityGroups.Question.TooMany"] = "more than one for each role",
        ["Storage.SoftDelete.Found"] = "a setting, a week unless somebody chose otherwise",
        ["Tenants.CountMore"] = "as many as are counted at most",
        ["Tenants.Idle"] = "a setting, a week unless somebody chose otherwise",
        ["Tenants.NoneIdle"] = "a setting, a week unless somebody chose otherwise",
    };

    [Theory]
    [InlineData("organisation", "organiz")]
    [InlineData("success specialist", @"(?<!success )specialist|contact at Luware")]
    [InlineData("the portal’s access", "portal’s own access")]
    [InlineData("look up", "members (whom the portal )?ask|members are asked")]
    [InlineData("permanently", @"\bfinally\b")]
    [InlineData("under", "below “")]
    public void One_thing_has_one_word(string word, string others)
    {
        AllTexts.English.Where(t => Regex.IsMatch(t.Text, others, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase))
            .Select(t => $"{t.Key}: {t.Text}").ShouldBeEmpty($"“{word}” is the word");
        Glossary().ShouldContain(word, Case.Insensitive);
    }

    [Fact]
    public void A_number_before_several_has_a_text_for_one()
    {
        var keys = AllTexts.English.Select(t => t.Key).ToHashSet(StringComparer.Ordinal);

        var counting = AllTexts.English.Where(t => NumberOfSeveral().IsMatch(t.Text)).ToList();

        counting.Where(t => t.Key.EndsWith(".Many", StringComparison.Ordinal)).ShouldNotBeEmpty();
        counting.Where(t => !AlwaysSeveral.ContainsKey(t.Key) && !keys.Contains(OfOne(t.Key))).Select(t => $"{t.Key}: {t.Text}").ShouldBeEmpty();
    }

    /// <summary>The English section of CONTRIBUTING.md.</summary>
    private static string Glossary() =>
        EnglishWords().Match(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"))).Value;

    private static string OfOne(string key) => key.EndsWith(".Many", StringComparison.Ordinal) ? $"{key[..^".Many".Length]}.One" : $"{key}.One";

    [GeneratedRegex(@"^## English$.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex EnglishWords();

    /// <summary>“1 of 40 people” is right.</summary>
    [GeneratedRegex(@"(?<! of )\{\d(:N0)?\} (people|members|groups|guests|days|licences|tenants|objects|changes)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberOfSeveral();
}
