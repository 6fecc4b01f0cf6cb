using System.Buffers;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// Validates policy names. Teams joins them into Tag:name/objectId and reads some characters as patterns, so characters that would change the meaning there
/// are refused with the reason. Everything else reaches the cmdlet as it was typed.
/// </summary>
public static class PolicyNames
{
    public const int MaxLength = 64;
    public const int MaxDescriptionLength = 256;

    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\:;,|<>");
    private static readonly SearchValues<char> Quotes = SearchValues.Create("'\"`´‘’‚‛“”„‟«»‹›");
    private static readonly SearchValues<char> Patterns = SearchValues.Create("*?[]");

    /// <summary>Returns what is wrong with any of the policies.</summary>
    public static IEnumerable<Sentence> Check(PoliciesChoice choice) =>
        choice.Policies.SelectMany((p, i) => new[] { Check(p.Name, choice.Without(i)), CheckDescription(p.Description) })
            .OfType<Sentence>().DistinctBy(s => s.Key, StringComparer.Ordinal);

    /// <summary>Returns what is wrong with the name, also compared with the other policies, or null.</summary>
    public static Sentence? Check(string name, IReadOnlyList<PolicyChoice> others) =>
        Check(name) ?? (others.Any(o => TeamsAnswers.IsSameName(o.Name, name)) ? new Sentence("Policies.Name.Twice", name) : null);

    /// <summary>Returns what is wrong with the name, or null.</summary>
    public static Sentence? Check(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => new Sentence("Policies.Name.Empty"),
        { Length: > MaxLength } => new Sentence("Policies.Name.TooLong"),
        _ when name.Trim() != name => new Sentence("Policies.Name.Spaces"),
        _ when IsReserved(name) => new Sentence("Policies.Name.Reserved"),
        _ when name.AsSpan().ContainsAny(Separators) => new Sentence("Policies.Name.Separators"),
        _ when name.AsSpan().ContainsAny(Quotes) => new Sentence("Policies.Name.Quotes"),
        _ when name.AsSpan().ContainsAny(Patterns) => new Sentence("Policies.Name.Patterns"),
        _ when HasInvisible(name) => new Sentence("Policies.Name.Invisible"),
        _ => null,
    };

    /// <summary>Returns what is wrong with the description, or null. It is never joined with anything, so nearly all characters are allowed.</summary>
    public static Sentence? CheckDescription(string description) => description switch
    {
        { Length: > MaxDescriptionLength } => new Sentence("Policies.Description.TooLong"),
        _ when HasInvisible(description) => new Sentence("Policies.Description.Invisible"),
        _ => null,
    };

    /// <summary>Global is the tenant's own policy, which applies to everybody, so it is never ours.</summary>
    private static bool IsReserved(string name) => GlobalPolicy.Is(name);

    /// <summary>True for control characters, format characters and unpaired surrogates: they are invisible or would not arrive unchanged.</summary>
    private static bool HasInvisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xFFFD || System.Text.Rune.IsControl(rune)
                || System.Text.Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator)
                return true;
        }
        return false;
    }
}
