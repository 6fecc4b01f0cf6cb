using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Portal.Components.Pages;

/// <summary>Steps that need the same roles, and whether the person holds one of them now.</summary>
/// <param name="Active">The role that serves; null where none is active.</param>
public sealed record RoleNeed(IReadOnlyList<Guid> Roles, IReadOnlyList<string> Steps, Guid? Active)
{
    public bool IsActive => Active is not null;

    public static IReadOnlyList<RoleNeed> Of(OnboardingView view, Actor actor) =>
    [
        .. view.Steps
            .Where(s => s.Roles.Count > 0)
            .GroupBy(s => string.Join(',', s.Roles.Order()), StringComparer.Ordinal)
            .Select(steps => (steps.First().Roles, Names: steps.Select(s => s.Step)))
            .Select(need => new RoleNeed(need.Roles, [.. need.Names], need.Roles.Where(actor.Roles.Contains).Select(r => (Guid?)r).FirstOrDefault())),
    ];

    public string StepNames(Say say) => string.Join(", ", Steps.Select(say.Step));
}
