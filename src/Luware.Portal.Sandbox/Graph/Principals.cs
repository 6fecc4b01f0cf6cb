using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Service principals and their grants. A recent consent becomes visible only after a delay.</summary>
internal sealed class Principals(SandboxFaults faults)
{
    public JsonObject List(GraphCall call)
    {
        Require(call);
        return GraphList.Answer(call.Request, "servicePrincipals", Visible(call.Tenant).Select(GraphJson.Of));
    }

    public JsonObject GetByApplication(GraphCall call)
    {
        Require(call);
        var applicationId = (string)call.Request.RouteValues["appId"]!;
        var principal = Visible(call.Tenant).FirstOrDefault(p => string.Equals(p.ApplicationId.ToString(), applicationId, StringComparison.OrdinalIgnoreCase));
        return principal is null
            ? throw new GraphException(GraphError.NotFound(applicationId))
            : GraphList.Single(call.Request, "servicePrincipals", GraphJson.Of(principal));
    }

    public JsonObject AppRoles(GraphCall call)
    {
        Require(call);
        var principal = Find(call);
        var assignments = principal.AppRoles.Where(a => faults.Of(call.Tenant).HasPassed(a.CreatedAt, faults.Of(call.Tenant).ConsentDelay));
        return GraphList.Answer(call.Request, "appRoleAssignments", assignments.Select(a => GraphJson.Of(a, principal)));
    }

    public JsonObject Grants(GraphCall call)
    {
        call.RequireAny("Directory.Read.All", "DelegatedPermissionGrant.Read.All");
        var grants = call.Tenant.Grants.Where(g => faults.Of(call.Tenant).HasPassed(g.CreatedAt, faults.Of(call.Tenant).ConsentDelay));
        return GraphList.Answer(call.Request, "oauth2PermissionGrants", grants.Select(GraphJson.Of));
    }

    private IEnumerable<ServicePrincipal> Visible(SandboxTenant tenant) =>
        tenant.ServicePrincipals.Where(p => faults.Of(tenant).HasPassed(p.CreatedAt, faults.Of(tenant).ConsentDelay / 2));

    private ServicePrincipal Find(GraphCall call)
    {
        var id = (string)call.Request.RouteValues["id"]!;
        return Visible(call.Tenant).FirstOrDefault(p => string.Equals(p.Id.ToString(), id, StringComparison.OrdinalIgnoreCase))
            ?? throw new GraphException(GraphError.NotFound(id));
    }

    private static void Require(GraphCall call) => call.RequireAny("Application.Read.All", "Directory.Read.All");
}
