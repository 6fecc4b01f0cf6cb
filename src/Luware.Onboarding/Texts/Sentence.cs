namespace Luware.Onboarding.Texts;

/// <summary>A sentence for people, stored as a key of a resource file and its arguments so that it can be read in every language.</summary>
/// <remarks>An argument that begins with @ is one or more keys itself; where there are no such keys it is read as it is.</remarks>
public sealed record Sentence(string Key, params IReadOnlyList<string> Arguments)
{
    public const char KeyMark = '@';
    public const char KeySeparator = '|';

    private const string PersonMark = "@person:";

    /// <summary>
    /// An argument that is a person: stored as the object id, because a name must be erasable. Whoever reads the sentence puts the name in
    /// (<see cref="Audit.PersonNames"/>).
    /// </summary>
    public static string Mention(Guid person) => $"{PersonMark}{person}";

    /// <returns>Null where the argument is something else.</returns>
    public static Guid? MentionedIn(string argument) =>
        argument.StartsWith(PersonMark, StringComparison.Ordinal) && Guid.TryParse(argument.AsSpan(PersonMark.Length), out var person) ? person : null;

    /// <summary>An argument whose words depend on the reader's language: the name of a step, of several roles.</summary>
    public static string KeyArgument(params IEnumerable<string> keys) => KeyMark + string.Join(KeySeparator, keys);
}
