using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Portal.Components.Pages;

/// <summary>Steps that need the same roles, and whether the person has one of them active.</summary>
/// <param name="Active">The active role that suffices; null if there is none.</param>
public sealed record RoleNeed(IReadOnlyList<Guid> Roles, IReadOnlyList<string> Steps, Guid? Active)
{
    public bool IsActive => Active is not null;

    public static IReadOnlyList<RoleNeed> Of(OnboardingView view, Actor actor) =>
    [
        .. view.Steps
            .Where(s => s.Roles.Count > 0 && s.Status != StepStatus.Skipped)
            .GroupBy(s => string.Join(',', s.Roles.Order()), StringComparer.Ordinal)
            .Select(steps => (steps.First().Roles, Names: steps.Select(s => s.Step)))
            .Select(need => new RoleNeed(need.Roles, [.. need.Names], need.Roles.Where(actor.Roles.Contains).Select(r => (Guid?)r).FirstOrDefault())),
    ];

    /// <summary>The roles to ask for: if one role suffices for every step that lacks one, only that role.</summary>
    public static IReadOnlyList<RoleNeed> Missing(IReadOnlyList<RoleNeed> needs)
    {
        var missing = needs.Where(n => !n.IsActive).ToList();
        if (missing.Count < 2)
            return missing;

        var common = missing.Select(n => n.Roles.AsEnumerable()).Aggregate((all, roles) => all.Intersect(roles)).ToList();
        return common.Count == 0 ? missing : [new RoleNeed(common, [.. missing.SelectMany(n => n.Steps)], null)];
    }

    public string StepNames(Say say) => string.Join(", ", Steps.Select(say.Step));
}
