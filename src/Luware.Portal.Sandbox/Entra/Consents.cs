using System.Collections.Immutable;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Entra;

/// <summary>Reads and grants consents. They are stored as the tenant's own service principals and grants, which Graph shows too.</summary>
public sealed class Consents(TimeProvider time)
{
    /// <summary>The names of the scopes that the application holds for this person.</summary>
    public static ImmutableSortedSet<string> Granted(SandboxTenant tenant, Guid clientId, Guid personId, ApiResource resource)
    {
        var client = tenant.FindServicePrincipal(clientId)?.Id;
        var api = tenant.FindServicePrincipal(resource.ApplicationId)?.Id;
        return [.. tenant.Grants
            .Where(g => g.ClientId == client && g.ResourceId == api && (g.PrincipalId is null || g.PrincipalId == personId))
            .SelectMany(g => g.Scopes)];
    }

    /// <summary>The permissions that a person must still consent to.</summary>
    public static IReadOnlyList<(ApiResource Resource, DelegatedPermission Permission)> Missing(
        SandboxTenant tenant, Guid clientId, Guid personId, Scopes scopes) =>
        [.. from resource in scopes.Resources
            let granted = Granted(tenant, clientId, personId, resource)
            from permission in scopes.Of(resource)
            where !granted.Contains(permission.Name)
            select (resource, permission)];

    /// <summary>A person consents, for themselves or as an administrator for everybody.</summary>
    public void Grant(
        SandboxTenant tenant, RegisteredApplication application, Person person,
        IReadOnlyList<(ApiResource Resource, DelegatedPermission Permission)> permissions, bool forEverybody) => tenant.Change(() =>
        {
            var client = EnsureServicePrincipal(tenant, application);
            foreach (var byResource in permissions.GroupBy(p => p.Resource, p => p.Permission.Name))
                AddGrant(tenant, client, byResource.Key, forEverybody ? null : person.Id, byResource);
            tenant.Record(time.GetUtcNow(), person.Id, "Consent", $"{application.DisplayName}: {string.Join(' ', permissions.Select(p => p.Permission.Name))}");
            return client;
        });

    /// <summary>An administrator consents to all permissions of an application for the whole tenant.</summary>
    /// <param name="partial">Whether only the first half of its application permissions is granted.</param>
    public void GrantToTenant(SandboxTenant tenant, RegisteredApplication application, Person administrator, bool partial = false) => tenant.Change(() =>
    {
        var now = time.GetUtcNow();
        var graph = tenant.FindServicePrincipal(Apis.Graph.ApplicationId)!.Id;
        var principal = EnsureServicePrincipal(tenant, application);
        var missing = application.AppRoles.Take(partial ? application.AppRoles.Count / 2 : int.MaxValue)
            .Where(r => principal.AppRoles.All(a => a.RoleId != r.Id));
        tenant.ServicePrincipals = tenant.ServicePrincipals.Replace(principal, principal = principal with
        {
            AppRoles = principal.AppRoles.AddRange(missing.Select(r => new AppRoleAssignment(Guid.NewGuid().ToString("N"), r.Id, graph, now))),
        });
        AddGrant(tenant, principal, Apis.Graph, null, ["User.Read"]);
        tenant.Record(now, administrator.Id, "Admin consent", application.DisplayName);
        return principal;
    });

    private ServicePrincipal EnsureServicePrincipal(SandboxTenant tenant, RegisteredApplication application)
    {
        if (tenant.FindServicePrincipal(application.ClientId) is { } found)
            return found;

        var made = new ServicePrincipal(Guid.NewGuid(), application.ClientId, application.DisplayName, Enabled: true, time.GetUtcNow(), []);
        tenant.ServicePrincipals = tenant.ServicePrincipals.Add(made);
        return made;
    }

    private void AddGrant(SandboxTenant tenant, ServicePrincipal client, ApiResource resource, Guid? principalId, IEnumerable<string> names)
    {
        var api = tenant.FindServicePrincipal(resource.ApplicationId)!.Id;
        var found = tenant.Grants.Find(g => g.ClientId == client.Id && g.ResourceId == api && g.PrincipalId == principalId);
        tenant.Grants = found is null
            ? tenant.Grants.Add(new DelegatedGrant(Guid.NewGuid().ToString("N"), client.Id, api, principalId, [.. names], time.GetUtcNow()))
            : tenant.Grants.Replace(found, found with { Scopes = found.Scopes.Union(names) });
    }
}
