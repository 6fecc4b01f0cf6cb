namespace Luware.Onboarding.Texts;

/// <summary>A sentence for people, stored as a key of a resource file and its arguments so that it can be read in every language.</summary>
public sealed record Sentence(string Key, params IReadOnlyList<string> Arguments);
