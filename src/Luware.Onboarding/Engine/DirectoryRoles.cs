using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>How sentences name directory roles: by a key of the texts, so that every language has its own name for them.</summary>
internal static class DirectoryRoles
{
    public static string Word(Guid templateId) => Sentence.KeyArgument($"Role.{templateId}");
}
