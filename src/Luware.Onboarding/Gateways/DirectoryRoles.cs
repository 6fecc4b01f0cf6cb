using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Gateways;

/// <summary>Template ids of the directory roles that steps require; they are the same in every tenant.</summary>
public static class DirectoryRoles
{
    public static readonly Guid GlobalAdministrator = new("62e90394-69f5-4237-9190-012177145e10");
    public static readonly Guid PrivilegedRoleAdministrator = new("e8611ab8-c189-46e8-94e1-60213ab1f814");
    public static readonly Guid UserAdministrator = new("fe930be7-5e62-47db-91af-98c3a49a38b1");
    public static readonly Guid GroupsAdministrator = new("fdd7a751-b60b-444a-984c-02652fe8fa1c");
    public static readonly Guid TeamsAdministrator = new("69091246-20e8-4a56-aa4d-066075b2a7a8");

    /// <summary>The role as an argument of a sentence: a text key, so that every language uses its own name for it.</summary>
    public static string Word(Guid templateId) => Sentence.KeyArgument($"Role.{templateId}");
}
