using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Engine;

internal sealed class RoleLoss(StepGraph graph, Staff staff) : IRoleLoss
{
    public bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles)
    {
        var now = actor with { Roles = roles, AppRoles = appRoles };
        return (graph.NeedsAnyOf(actor.Roles) && !graph.NeedsAnyOf(roles))
            || (staff.IsSpecialist(actor) && !staff.IsSpecialist(now))
            || (staff.IsAdministrator(actor) && !staff.IsAdministrator(now));
    }
}
