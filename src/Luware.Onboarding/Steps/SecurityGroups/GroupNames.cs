using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Validates group names, and builds the key by which Entra creates a group only once.</summary>
internal static class GroupNames
{
    public const int MaxLength = 256;

    /// <summary>Entra allows 64 characters in a mail nickname; the rest is for the hash that makes the key unique.</summary>
    private const int ReadablePart = 50;

    /// <summary>Returns what is wrong with the name, or null.</summary>
    public static Sentence? Check(string name) => name switch
    {
        _ when string.IsNullOrWhiteSpace(name) => new Sentence("SecurityGroups.Name.Empty"),
        { Length: > MaxLength } => new Sentence("SecurityGroups.Name.TooLong"),
        _ when name.Trim() != name => new Sentence("SecurityGroups.Name.Spaces"),
        _ when name.Any(char.IsControl) => new Sentence("SecurityGroups.Name.Invisible"),
        _ => null,
    };

    public static NewGroup ToMake(WantedGroup group) => new(group.Name, Description(group.Role), UniqueName(group.Name));

    /// <summary>Letters, digits and dashes of the name followed by a hash of the whole name, so that different names have different keys.</summary>
    public static string UniqueName(string name)
    {
        var readable = string.Concat(name.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c == '-').Take(ReadablePart));
        var hash = TextDigest.Of(name.ToUpperInvariant())[..8];
        return $"{readable}-{hash}".TrimStart('-');
    }

    /// <summary>The group's description, in English only, because it is stored in the customer's directory.</summary>
    private static string Description(GroupRole role) => role switch
    {
        GroupRole.RecordedUsers => "Luware Recording: people whose calls and meetings are recorded",
        GroupRole.Supervisors => "Luware Recording: people who have access to the recordings",
        _ => "Luware Recording: people who configure it",
    };
}
