using System.Globalization;

namespace Luware.Onboarding.Texts;

/// <summary>A sentence for people, stored as a resource key with arguments so that it can be shown in every language.</summary>
/// <remarks>An argument that begins with @ consists of one or more keys; if there are no such keys, it is used unchanged.</remarks>
public sealed record Sentence(string Key, params IReadOnlyList<string> Arguments)
{
    public const char KeyMark = '@';
    public const char KeySeparator = '|';

    private const string PersonMark = "@person:";

    /// <summary>
    /// Creates an argument for a person. It holds the object id, because names must be erasable; <see cref="Audit.PersonNames"/> inserts the name when the
    /// sentence is read.
    /// </summary>
    public static string Mention(Guid person) => $"{PersonMark}{person}";

    /// <returns>Null if the argument is something else.</returns>
    public static Guid? MentionedIn(string argument) =>
        argument.StartsWith(PersonMark, StringComparison.Ordinal) && Guid.TryParse(argument.AsSpan(PersonMark.Length), out var person) ? person : null;

    /// <summary>Creates an argument whose words depend on the reader's language: the name of a step, or of several roles.</summary>
    public static string KeyArgument(params IEnumerable<string> keys) => KeyMark + string.Join(KeySeparator, keys);

    /// <summary>Creates an argument for a number, the same in every language.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
