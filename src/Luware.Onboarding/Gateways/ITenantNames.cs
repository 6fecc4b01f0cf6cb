namespace Luware.Onboarding.Gateways;

/// <summary>Looks up tenants in what Entra publishes about them.</summary>
public interface ITenantNames
{
    /// <summary>Returns the id of the tenant that owns a domain.</summary>
    /// <returns>Null if no tenant has the domain, or the text is no domain.</returns>
    /// <exception cref="GatewayException">Entra could not be asked.</exception>
    Task<Guid?> FindAsync(string domain, CancellationToken cancellationToken);
}
