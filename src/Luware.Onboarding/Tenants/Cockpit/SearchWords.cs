using System.Text.RegularExpressions;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Words as they are stored and searched: the same on every database, whatever its collation does with case and diacritics.</summary>
internal static partial class SearchWords
{
    /// <summary>Appended to a word, sorts after every text that begins with that word.</summary>
    private const char Last = '\uffff';

    /// <summary>Put before every word of a closed tenant, so that a search passes either the open ones or the closed ones. Nobody can type it.</summary>
    private const string Closed = "\u0001";

    /// <summary>The sort key of a name.</summary>
    public static string Key(string name) => Cut(Folding.Plain(name), Lengths.DisplayName);

    /// <summary>The words by which a tenant is found: those of its name (whole and in parts), its domain and its id.</summary>
    public static IReadOnlySet<string> Of(TenantSummary tenant) =>
        Split(tenant.Name).SelectMany(w => Between().Split(w).Append(w)).Append(Folding.Plain(tenant.Domain ?? "")).Append(tenant.EntraTenantId.ToString())
            .Where(w => w.Length > 0).Select(w => Stored(w, tenant.IsClosed)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The typed words as ranges; a domain or an id is one word.</summary>
    /// <param name="closed">Whether to search among the closed tenants or the open ones.</param>
    public static IReadOnlyList<(string From, string To)> Ranges(string typed, bool closed) =>
        [.. Split(typed).Select(w => Stored(w, closed)).Distinct(StringComparer.Ordinal).Select(w => (w, w + Last))];

    private static string Stored(string word, bool closed) => Cut(closed ? Closed + word : word, TenantWordConfiguration.TextLength);

    private static IEnumerable<string> Split(string text) =>
        Folding.Plain(text).Split([' ', '\u00a0'], StringSplitOptions.RemoveEmptyEntries).Select(w => Around().Replace(w, "")).Where(w => w.Length > 0);

    /// <summary>Brackets, quotation marks and similar characters around a word.</summary>
    [GeneratedRegex(@"^[^\p{L}\p{Nd}]+|[^\p{L}\p{Nd}]+$", RegexOptions.None, 1000)]
    private static partial Regex Around();

    /// <summary>Hyphens, full stops and similar characters within a word.</summary>
    [GeneratedRegex(@"[^\p{L}\p{Nd}]+", RegexOptions.None, 1000)]
    private static partial Regex Between();

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
