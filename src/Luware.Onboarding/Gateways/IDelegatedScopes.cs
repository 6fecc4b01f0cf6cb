namespace Luware.Onboarding.Gateways;

/// <summary>Which delegated permissions the chosen route needs, and which of them the session holds.</summary>
public interface IDelegatedScopes
{
    /// <param name="azure">The route leads through Azure: a storage account is to be read.</param>
    Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, bool azure, CancellationToken cancellationToken);
}

/// <param name="Resource">Microsoft Graph, the Skype and Teams Tenant Admin API, Azure Resource Manager, Azure Storage.</param>
/// <param name="Name">For example Application.Read.All.</param>
public sealed record DelegatedScope(string Resource, string Name, bool Granted);
