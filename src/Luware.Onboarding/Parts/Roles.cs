using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Parts;

/// <summary>Directory roles by the names that Entra shows.</summary>
public static class Roles
{
    /// <summary>The role's name; an unknown id is shown as it is.</summary>
    public static string Role(this Say say, Guid templateId) => say.Find(new Sentence($"Role.{templateId}")) ?? templateId.ToString();

    public static string AnyRole(this Say say, IEnumerable<Guid> templateIds) =>
        string.Join(say["Roles.Or"], templateIds.Select(say.Role));
}
