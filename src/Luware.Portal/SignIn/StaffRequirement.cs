using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Microsoft.AspNetCore.Authorization;

namespace Luware.Portal.SignIn;

/// <summary>Restricts a page or endpoint to Luware's own people, specialists and administrators alike.</summary>
internal sealed record StaffRequirement : IAuthorizationRequirement;

internal sealed class StaffHandler(Staff staff) : AuthorizationHandler<StaffRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        if (Actor.From(context.User) is { } actor && staff.IsStaff(actor))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
