using System.Globalization;
using System.Text;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Words as they are stored and looked for: the same on every database, whatever its collation does with capitals and marks.</summary>
internal static class SearchWords
{
    /// <summary>Behind every text that begins with the word it is appended to.</summary>
    private const char Last = '\uffff';

    /// <summary>In small letters without marks: Zürich is found and sorted as zurich.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text.Trim().ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(letter);
        }

        return folded.ToString();
    }

    /// <summary>What a name is sorted by.</summary>
    public static string Key(string name) => Cut(Fold(name), Lengths.DisplayName);

    /// <summary>The words by which a tenant is found.</summary>
    public static IReadOnlySet<string> Of(TenantSummary tenant) =>
        Split(tenant.Name).Append(Cut(Fold(tenant.Domain ?? ""), TenantWordConfiguration.TextLength)).Append(tenant.EntraTenantId.ToString())
            .Where(w => w.Length > 0).ToHashSet(StringComparer.Ordinal);

    /// <summary>The words that somebody typed; a domain or an id is one word.</summary>
    public static IReadOnlyList<(string From, string To)> Ranges(string typed) =>
        [.. Split(typed).Distinct(StringComparer.Ordinal).Select(w => (w, w + Last))];

    private static IEnumerable<string> Split(string text) =>
        Fold(text).Split([' ', ',', '(', ')', '/', '&', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).Select(w => Cut(w, TenantWordConfiguration.TextLength));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
