using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>The tenant part of an Entra address: one tenant, or all organizations.</summary>
/// <param name="Tenant">Null if people of every tenant may sign in.</param>
public sealed record Authority(string Name, SandboxTenant? Tenant, SandboxTenants Tenants)
{
    public static bool IsMultiTenant(string name) => name is "organizations" or "common";

    /// <exception cref="EntraException">There is no such tenant.</exception>
    public static Authority Of(string name, SandboxTenants tenants) =>
        IsMultiTenant(name) ? new Authority(name, null, tenants)
        : tenants.Find(name) is { } tenant ? new Authority(name, tenant, tenants)
        : throw new EntraException(EntraError.TenantNotFound(name));

    /// <summary>The same account as this authority knows it: in its tenant, perhaps as a guest, or without a tenant at home.</summary>
    /// <returns>Null if the tenant does not know it.</returns>
    public Identity? Find(Identity identity)
    {
        var home = identity.Home;
        return (Tenant ?? Tenants.Find($"{home.TenantId}")) is { } tenant && tenant.People.Find(p => p.HomeFrom(tenant.Id) == home) is { } person
            ? new Identity(tenant, person.Id)
            : null;
    }

    public bool Admits(Identity identity) => Tenant is null || Tenant == identity.Tenant;
}
