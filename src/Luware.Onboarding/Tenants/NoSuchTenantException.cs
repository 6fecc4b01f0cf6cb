namespace Luware.Onboarding.Tenants;

/// <summary>One of Luware's people, who may see every tenant, asked for one that does not exist.</summary>
internal sealed class NoSuchTenantException() : UnauthorizedAccessException("There is no such tenant.");
