using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>A refusal that belongs to no step. One key names its five sentences.</summary>
public sealed record GeneralRefusal(string Name, params IReadOnlyList<string> Arguments) : Refusal(
    new Sentence($"Engine.{Name}.Title", Arguments), new Sentence($"Engine.{Name}.What", Arguments), new Sentence($"Engine.{Name}.WhoCanFix", Arguments),
    new Sentence($"Engine.{Name}.WhenAgain", Arguments), new Sentence($"Engine.{Name}.Letter", Arguments))
{
    private const string NoRole = "RoleMissing";

    public override WaitsFor On => ErrorCatalogue.WaitsOn(Name);

    /// <summary>A missing role is checked again, because it is activated in Entra, which does not notify the portal.</summary>
    public override TimeSpan? LookAgainAfter => Name == NoRole ? TimeSpan.FromMinutes(2) : null;

    /// <param name="needed">Directory roles, one of which is enough.</param>
    public static GeneralRefusal RoleMissing(IReadOnlyList<Guid> needed) =>
        new(NoRole, Sentence.KeyArgument(needed.Select(id => $"Role.{id}")));

    /// <summary>True if a role is missing and <paramref name="role"/> would be enough.</summary>
    public static bool Lacks(Sentence title, Guid role) =>
        title.Key == $"Engine.{NoRole}.Title" && title.Arguments[0].Contains($"Role.{role}", StringComparison.Ordinal);
}
