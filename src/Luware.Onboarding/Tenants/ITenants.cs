namespace Luware.Onboarding.Tenants;

/// <summary>Luware's customers and what Luware decides for them.</summary>
public interface ITenants
{
    /// <summary>Sets or clears the ready flag and wakes what waited for it.</summary>
    /// <param name="by">Who asserts that the recorders answer for this tenant.</param>
    /// <returns>False where no such tenant is being onboarded.</returns>
    Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken);
}
