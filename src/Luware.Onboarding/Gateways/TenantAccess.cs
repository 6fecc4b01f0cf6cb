namespace Luware.Onboarding.Gateways;

/// <summary>
/// The delegated rights that a remote call uses: tenant and person from the signed-in identity, and the account and session whose token cache holds the
/// tokens. Every token is compared with it before use.
/// </summary>
public sealed record TenantAccess(Guid TenantId, Guid PersonId, string HomeAccountId, string SessionId);
