using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Microsoft Graph v1.0, as far as onboarding reads it.</summary>
public static class GraphEndpoints
{
    public const string BasePath = "/graph/v1.0";

    public static IServiceCollection AddGraph(this IServiceCollection services) => services
        .AddSingleton<GraphGate>()
        .AddSingleton<Principals>();

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        var graph = routes.MapGroup(BasePath);
        Map(graph, "/me", Me);
        Map(graph, "/me/memberOf", MemberOf);
        Map(graph, "/me/transitiveMemberOf", MemberOf);
        Map(graph, "/me/transitiveMemberOf/microsoft.graph.directoryRole", ActiveRoles);
        // The SDK writes the namespace by its alias; the service takes both.
        Map(graph, "/me/transitiveMemberOf/graph.directoryRole", ActiveRoles);
        Map(graph, "/organization", Organization);
        Map(graph, "/domains", Domains);
        Map(graph, "/groups", Groups);
        Map(graph, "/groups/{id}", call => GraphList.Single(call.Request, "groups", GraphJson.Of(FindGroup(call))));
        Map(graph, "/groups/{id}/members", Members);
        Map(graph, "/users", Users);
        graph.MapGet("/servicePrincipals", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.List));
        graph.MapGet("/servicePrincipals(appId='{appId}')", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.GetByApplication));
        graph.MapGet("/servicePrincipals/{id}", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.Get));
        graph.MapGet("/servicePrincipals/{id}/appRoleAssignments", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.AppRoles));
        graph.MapGet("/servicePrincipals/{id}/oauth2PermissionGrants", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.GrantsOf));
        graph.MapGet("/oauth2PermissionGrants", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.Grants));
        Map(graph, "/{**path}", call => throw new GraphException(GraphError.BadRequest($"Resource not found for the segment '{call.Request.RouteValues["path"]}'.")));
    }

    private static void Map(RouteGroupBuilder graph, string path, Func<GraphCall, JsonObject> answer) =>
        graph.MapGet(path, (HttpContext context, GraphGate gate) => gate.AnswerAsync(context, answer));

    private static JsonObject Me(GraphCall call)
    {
        call.RequireAny("User.Read", "User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        var me = GraphJson.Of(call.Token.Identity.Person);
        me.Remove("@odata.type");
        return GraphList.Single(call.Request, "users", me);
    }

    private static JsonObject ActiveRoles(GraphCall call)
    {
        call.RequireAny("User.Read", "Directory.Read.All", "RoleManagement.Read.Directory");
        GraphList.RequireAdvancedQuery(call.Request);
        return GraphList.Answer(call.Request, "directoryRoles", Roles(call));
    }

    private static JsonObject MemberOf(GraphCall call)
    {
        call.RequireAny("User.Read", "Directory.Read.All");
        var groups = call.Tenant.Groups.Where(g => g.Members.Contains(call.Token.Identity.PersonId)).Select(GraphJson.Of);
        return GraphList.Answer(call.Request, "directoryObjects", [.. Roles(call), .. groups]);
    }

    private static IEnumerable<JsonObject> Roles(GraphCall call) => call.Token.Identity.Person.Roles.Select(role => GraphJson.Of(role, call.Tenant));

    private static JsonObject Organization(GraphCall call)
    {
        call.RequireAny("User.Read", "Organization.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "organization", [GraphJson.Organization(call.Tenant, call.Holds("Organization.Read.All", "Directory.Read.All"))]);
    }

    private static JsonObject Domains(GraphCall call)
    {
        call.RequireAny("Domain.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "domains", call.Tenant.Domains.Select(GraphJson.Of));
    }

    private static JsonObject Groups(GraphCall call)
    {
        RequireGroups(call);
        return GraphList.Answer(call.Request, "groups", call.Tenant.Groups.Select(GraphJson.Of));
    }

    private static JsonObject Members(GraphCall call)
    {
        call.RequireAny("GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All");
        var group = FindGroup(call);
        // Who may list members but not read people gets their ids alone.
        var known = call.Holds("User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "directoryObjects",
        [
            .. call.Tenant.PeopleIn(group).Select(person => GraphJson.Of(person, known)),
            .. call.Tenant.Groups.Where(g => group.Members.Contains(g.Id)).Select(GraphJson.Of),
        ]);
    }

    private static JsonObject Users(GraphCall call)
    {
        call.RequireAny("User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "users", call.Tenant.People.Select(person => GraphJson.Of(person)));
    }

    private static DirectoryGroup FindGroup(GraphCall call)
    {
        RequireGroups(call);
        var id = (string)call.Request.RouteValues["id"]!;
        return call.Tenant.Groups.Find(g => string.Equals(g.Id.ToString(), id, StringComparison.OrdinalIgnoreCase))
            ?? throw new GraphException(GraphError.NotFound(id));
    }

    private static void RequireGroups(GraphCall call) => call.RequireAny(
        "Group.ReadBasic.All", "GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", "Directory.Read.All");
}
