namespace Luware.Onboarding.Gateways;

/// <summary>
/// Whose delegated rights a remote call uses: tenant and person by the signed-in identity, the account and session in whose token
/// cache the tokens lie. Every token is compared with it before use.
/// </summary>
public sealed record TenantAccess(Guid TenantId, Guid PersonId, string HomeAccountId, string SessionId);
