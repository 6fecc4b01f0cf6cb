using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>A "no" that belongs to no step. Its five sentences stand under one key.</summary>
public sealed record GeneralRefusal(string Name, params IReadOnlyList<string> Arguments) : Refusal(
    new Sentence($"Engine.{Name}.Title", Arguments), new Sentence($"Engine.{Name}.What", Arguments), new Sentence($"Engine.{Name}.WhoCanFix", Arguments),
    new Sentence($"Engine.{Name}.WhenAgain", Arguments), new Sentence($"Engine.{Name}.Letter", Arguments))
{
    public override WaitsFor On => ErrorCatalogue.WaitsOn(Name);

    /// <param name="needed">Directory roles of which one would do.</param>
    public static GeneralRefusal RoleMissing(IReadOnlyList<Guid> needed) =>
        new("RoleMissing", Sentence.KeyArgument(needed.Select(id => $"Role.{id}")));
}
