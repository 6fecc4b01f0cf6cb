using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Tests.Tenants;

internal static class DeskCalls
{
    /// <summary>Changes what undoes something, after reading what.</summary>
    public static async Task<Changed> ChangeAllTheSameAsync(this ISpecialistDesk desk, Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details)
    {
        var read = (await desk.ChangeAsync(actor, tenantId, seen, details, read: null, default)).Undoes.ShouldNotBeNull();
        return await desk.ChangeAsync(actor, tenantId, seen, details, read, default);
    }
}
