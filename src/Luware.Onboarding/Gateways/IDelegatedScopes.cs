namespace Luware.Onboarding.Gateways;

/// <summary>Which delegated permissions the chosen route needs, and which of them the session holds.</summary>
public interface IDelegatedScopes
{
    Task<IReadOnlyList<DelegatedScope>> ReadAsync(TenantAccess access, CancellationToken cancellationToken);
}

/// <param name="Resource">Microsoft Graph, or the Skype and Teams Tenant Admin API.</param>
/// <param name="Name">For example Application.Read.All.</param>
public sealed record DelegatedScope(string Resource, string Name, bool Granted);
