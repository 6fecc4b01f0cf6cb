using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Luware.Onboarding.Texts;

/// <summary>All texts of a page in the reader's language: its own texts by key, and the sentences that steps and the engine stored.</summary>
public sealed class Say(IStringLocalizer<PageTexts> pages, IStringLocalizer<StepTexts> steps)
{
    public string this[string key] => pages[key].Value;

    public string this[string key, params object[] arguments] =>
        Begun(string.Format(CultureInfo.CurrentCulture, pages[key].Value, [.. arguments.Select(a => a is string text ? Argument(text) : a)]));

    public string this[Sentence sentence] =>
        Begun(string.Format(CultureInfo.CurrentCulture, steps[sentence.Key].Value, [.. sentence.Arguments.Select(Argument)]));

    /// <summary>Returns the text for one thing (<c>key.One</c>) or several (<c>key.Many</c>); the number is argument 0.</summary>
    public string Count(string key, int number) => this[number == 1 ? $"{key}.One" : $"{key}.Many", number];

    /// <summary>Returns the parts as a sentence names them: a, b and c.</summary>
    public string List(IReadOnlyList<string> parts) =>
        parts.Count > 1 ? $"{string.Join(", ", parts.SkipLast(1))} {this["And"]} {parts[^1]}" : string.Concat(parts);

    /// <summary>Creates texts in another language than the reader's, for messages to a customer.</summary>
    public string In(string language, Func<Say, string> words)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return words(this);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    /// <summary>The step's name.</summary>
    public string Step(string name) => steps[$"Step.{name}"].Value;

    /// <summary>Returns null if pages have no such text.</summary>
    public string? Find(string key) => pages[key] is { ResourceNotFound: false } text ? text.Value : null;

    /// <summary>Returns null if steps have no such text.</summary>
    public string? Find(Sentence sentence) => steps[sentence.Key].ResourceNotFound ? null : this[sentence];

    /// <summary>Translates an argument that consists of keys; returns any other argument unchanged, also a name that begins with the mark by chance.</summary>
    public string Argument(string argument)
    {
        if (!argument.StartsWith(Sentence.KeyMark))
            return argument;

        var words = argument[1..].Split(Sentence.KeySeparator).Select(key => steps[key]).ToList();
        return words.Exists(w => w.ResourceNotFound) ? argument : string.Join(", ", words.Select(w => w.Value));
    }

    /// <summary>Capitalises a sentence that begins with the words for an erased name, as it would begin with a name.</summary>
    private string Begun(string text) => text.Length > 0 && char.IsLower(text[0]) && text.StartsWith(steps["Person.Erased"].Value, StringComparison.Ordinal)
        ? char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..]
        : text;
}
