using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Microsoft.AspNetCore.Authorization;

namespace Luware.Portal.SignIn;

/// <summary>Restricts a page or endpoint to Luware's own people.</summary>
/// <param name="Right">Selects who of them is admitted.</param>
internal sealed record StaffRequirement(Func<Staff, Func<Actor, bool>> Right) : IAuthorizationRequirement;

internal sealed class StaffRequirements(Staff staff) : AuthorizationHandler<StaffRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        if (Actor.From(context.User) is { } actor && requirement.Right(staff)(actor))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
