using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>The tenant part of an Entra address: one tenant, or all organizations.</summary>
/// <param name="Tenant">Null if people of every tenant may sign in.</param>
public sealed record Authority(string Name, SandboxTenant? Tenant)
{
    public static bool IsMultiTenant(string name) => name is "organizations" or "common";

    /// <exception cref="EntraException">There is no such tenant.</exception>
    public static Authority Of(string name, SandboxTenants tenants) =>
        IsMultiTenant(name) ? new Authority(name, null)
        : tenants.Find(name) is { } tenant ? new Authority(name, tenant)
        : throw new EntraException(EntraError.TenantNotFound(name));

    public bool Admits(Identity identity) => Tenant is null || Tenant == identity.Tenant;
}
