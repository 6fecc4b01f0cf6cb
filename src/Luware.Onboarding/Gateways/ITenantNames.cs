namespace Luware.Onboarding.Gateways;

/// <summary>What Entra says in public about its tenants.</summary>
public interface ITenantNames
{
    /// <summary>The id of the tenant to which a domain belongs.</summary>
    /// <returns>Null where no tenant has the domain, or the text is no domain.</returns>
    /// <exception cref="GatewayException">Entra could not be asked.</exception>
    Task<Guid?> FindAsync(string domain, CancellationToken cancellationToken);
}
