namespace Luware.Onboarding.Texts;

/// <summary>A sentence for people, stored as a key of a resource file and its arguments so that it can be read in every language.</summary>
/// <remarks>An argument that begins with @ is itself a key and is read first; where there is no such key it stays as it is.</remarks>
public sealed record Sentence(string Key, params IReadOnlyList<string> Arguments)
{
    public const char KeyMark = '@';

    /// <summary>An argument whose words depend on the reader's language: the name of a step or of a role.</summary>
    public static string KeyArgument(string key) => KeyMark + key;
}
