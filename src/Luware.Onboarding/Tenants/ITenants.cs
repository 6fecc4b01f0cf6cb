namespace Luware.Onboarding.Tenants;

/// <summary>The register of Luware's customers, for whoever hosts the portal: nobody's right is checked here. People come through <see cref="ISpecialistDesk"/>.</summary>
public interface ITenants
{
    /// <summary>Adds a customer, or finds the one whose tenant it is and leaves it as it is.</summary>
    /// <param name="region">Key of a configured region.</param>
    /// <returns>The portal's own id of the tenant.</returns>
    Task<Guid> AddAsync(Guid entraTenantId, string name, string region, CancellationToken cancellationToken);

    /// <summary>Sets or clears the ready flag and wakes what waited for it.</summary>
    /// <param name="by">Who asserts that the recorders answer for this tenant.</param>
    /// <returns>False where no such tenant is being onboarded.</returns>
    Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken);
}
