namespace Luware.Onboarding.Tenants;

/// <summary>
/// The register of Luware's customers without any check of rights, for demonstrations and tests only: the portal itself must not use it. People use
/// <see cref="ISpecialistDesk"/>.
/// </summary>
public interface ITenants
{
    /// <summary>Adds a customer, or finds the existing one with this tenant and leaves it unchanged.</summary>
    /// <param name="region">Key of a configured region.</param>
    /// <returns>The portal's own id of the tenant.</returns>
    Task<Guid> AddAsync(Guid entraTenantId, string name, string region, CancellationToken cancellationToken);

    /// <summary>Sets or clears the ready flag and wakes the runs that wait for it.</summary>
    /// <param name="by">Who asserts that the recorders are ready for this tenant.</param>
    /// <returns>False if no such tenant is being onboarded.</returns>
    Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken);
}
