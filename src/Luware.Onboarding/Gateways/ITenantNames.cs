namespace Luware.Onboarding.Gateways;

/// <summary>Looks up tenants in what Entra publishes about them.</summary>
public interface ITenantNames
{
    /// <summary>Returns the id of the tenant that has this id or owns this domain.</summary>
    /// <returns>Null if there is no such tenant, or the text is neither an id nor a domain.</returns>
    /// <exception cref="GatewayException">Entra could not be asked.</exception>
    Task<Guid?> FindAsync(string idOrDomain, CancellationToken cancellationToken);
}
