using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Microsoft Graph v1.0, limited to what onboarding reads and writes.</summary>
public static class GraphEndpoints
{
    public const string BasePath = "/graph/v1.0";

    public static IServiceCollection AddGraph(this IServiceCollection services) => services
        .AddSingleton<GraphGate>()
        .AddSingleton<Groups>()
        .AddSingleton<Principals>();

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        var graph = routes.MapGroup(BasePath);
        Map(graph, "/me", Me);
        Map(graph, "/me/transitiveMemberOf/microsoft.graph.directoryRole", ActiveRoles);
        // The SDK writes the namespace by its alias; the real service accepts both forms.
        Map(graph, "/me/transitiveMemberOf/graph.directoryRole", ActiveRoles);
        Map(graph, "/organization", Organization);
        Map(graph, "/users", Users);
        Map(graph, "/users/{id}", User);
        Map(graph, "/subscribedSkus", Licences);
        MapGroups(graph);
        graph.MapGet("/servicePrincipals", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.List));
        graph.MapGet("/servicePrincipals(appId='{appId}')", (HttpContext context, GraphGate gate, Principals principals) =>
            gate.AnswerAsync(context, principals.GetByApplication));
        graph.MapGet("/servicePrincipals/{id}/appRoleAssignments", (HttpContext context, GraphGate gate, Principals principals) =>
            gate.AnswerAsync(context, principals.AppRoles));
        graph.MapGet("/oauth2PermissionGrants", (HttpContext context, GraphGate gate, Principals principals) => gate.AnswerAsync(context, principals.Grants));
        Map(graph, "/{**path}", call =>
            throw new GraphException(GraphError.BadRequest($"Resource not found for the segment '{call.Request.RouteValues["path"]}'.")));
    }

    private static void MapGroups(RouteGroupBuilder graph)
    {
        graph.MapGet("/groups", (HttpContext context, GraphGate gate, Groups groups) => gate.AnswerAsync(context, groups.List));
        graph.MapGet("/groups/{id}", (HttpContext context, GraphGate gate, Groups groups) => gate.AnswerAsync(context, groups.Get));
        graph.MapGet("/groups(uniqueName='{uniqueName}')", (HttpContext context, GraphGate gate, Groups groups) =>
            gate.AnswerAsync(context, groups.GetByUniqueName));
        graph.MapPatch("/groups(uniqueName='{uniqueName}')", (HttpContext context, GraphGate gate, Groups groups) =>
            gate.WriteAsync(context, groups.UpsertAsync));
        graph.MapGet("/groups/{id}/members", (HttpContext context, GraphGate gate, Groups groups) => gate.AnswerAsync(context, groups.Members));
        graph.MapPost("/groups/{id}/members/$ref", (HttpContext context, GraphGate gate, Groups groups) => gate.WriteAsync(context, groups.AddMemberAsync));
        foreach (var cast in (string[])["microsoft.graph.user", "graph.user"])
            graph.MapGet($"/groups/{{id}}/transitiveMembers/{cast}/$count", (HttpContext context, GraphGate gate, Groups groups) =>
                gate.WriteAsync(context, groups.CountPeopleAsync));
        graph.MapGet("/groups/{id}/owners", (HttpContext context, GraphGate gate, Groups groups) => gate.AnswerAsync(context, groups.Owners));
        graph.MapPost("/groups/{id}/owners/$ref", (HttpContext context, GraphGate gate, Groups groups) => gate.WriteAsync(context, groups.AddOwnerAsync));
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
        return GraphList.Answer(call.Request, "directoryRoles", call.Token.Identity.Person.Roles.Select(role => GraphJson.Of(role, call.Tenant)));
    }

    private static JsonObject Organization(GraphCall call)
    {
        call.RequireAny("User.Read", "Organization.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "organization", [GraphJson.Organization(call.Tenant, call.Holds("Organization.Read.All", "Directory.Read.All"))]);
    }

    private static JsonObject Users(GraphCall call)
    {
        call.RequireAny("User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        return GraphList.Answer(call.Request, "users", call.Tenant.People.Select(person => GraphJson.Of(person)));
    }

    private static JsonObject User(GraphCall call)
    {
        call.RequireAny("User.ReadBasic.All", "User.Read.All", "Directory.Read.All");
        var id = (string)call.Request.RouteValues["id"]!;
        return call.Tenant.FindPerson(id) is { } person
            ? GraphList.Single(call.Request, "users", GraphJson.Of(person))
            : throw new GraphException(GraphError.NotFound(id));
    }

    private static JsonObject Licences(GraphCall call)
    {
        call.RequireAny("Organization.Read.All", "Directory.Read.All", "LicenseAssignment.Read.All");
        return GraphList.Answer(call.Request, "subscribedSkus", [GraphJson.Licences(call.Tenant)]);
    }
}
