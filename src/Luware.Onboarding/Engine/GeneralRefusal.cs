using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>A "no" that belongs to no step. Its five sentences stand under one key.</summary>
public sealed record GeneralRefusal(string Name, params IReadOnlyList<string> Arguments) : Refusal(
    new Sentence($"Engine.{Name}.Title", Arguments), new Sentence($"Engine.{Name}.What", Arguments), new Sentence($"Engine.{Name}.WhoCanFix", Arguments),
    new Sentence($"Engine.{Name}.WhenAgain", Arguments), new Sentence($"Engine.{Name}.Letter", Arguments))
{
    private const string NoRole = "RoleMissing";

    public override WaitsFor On => ErrorCatalogue.WaitsOn(Name);

    /// <summary>A role is activated in Entra, often again within the hour, and nobody tells the portal.</summary>
    public override TimeSpan? LookAgainAfter => Name == NoRole ? TimeSpan.FromMinutes(2) : null;

    /// <param name="needed">Directory roles of which one would do.</param>
    public static GeneralRefusal RoleMissing(IReadOnlyList<Guid> needed) =>
        new(NoRole, Sentence.KeyArgument(needed.Select(id => $"Role.{id}")));

    /// <summary>The person was told that they hold no role that is needed.</summary>
    public static bool IsRoleMissing(Sentence what) => what.Key == $"Engine.{NoRole}.What";

    /// <summary>It was said for want of a role, and this is one that would do.</summary>
    public static bool Lacks(Sentence title, Guid role) => title.Key == $"Engine.{NoRole}.Title" && title.Arguments[0].Contains($"Role.{role}", StringComparison.Ordinal);
}
