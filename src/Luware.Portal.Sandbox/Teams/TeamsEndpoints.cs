using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>The endpoints of the Teams service for the sandbox's workers.</summary>
public static class TeamsEndpoints
{
    public static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<TeamsSessions>()
        .AddSingleton<TeamsService>();

    public static void MapTeams(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/teams/connect", (ConnectRequest request, TeamsSessions sessions) => AnswerAsync(async () =>
            Session(await sessions.ConnectAsync(request.TenantId, request.GraphToken, request.TeamsToken))));
        routes.MapPost("/teams/sign-in", (SignInRequest request, TeamsSessions sessions) => AnswerAsync(() =>
            Task.FromResult(Session(sessions.SignIn(request.TenantId, request.UserPrincipalName)))));
        routes.MapPost("/teams/cmdlets/{name}",
            (string name, InvokeRequest request, HttpContext context, TeamsService service, CancellationToken cancellationToken) =>
            AnswerAsync(() => service.InvokeAsync(name, request.Parameters, context, cancellationToken)));
    }

    private static JsonObject Session((string Session, Guid TenantId) opened) =>
        new() { ["session"] = opened.Session, ["tenantId"] = opened.TenantId.ToString() };

    private static async Task<IResult> AnswerAsync(Func<Task<JsonObject>> answer)
    {
        try
        {
            return Results.Json(await answer());
        }
        catch (TeamsRefusalException refusal)
        {
            return Results.Json(refusal.ToJson(Guid.NewGuid().ToString()), statusCode: refusal.Status);
        }
    }

    internal sealed record ConnectRequest(string? TenantId, string? GraphToken, string? TeamsToken);

    internal sealed record SignInRequest(string? TenantId, string? UserPrincipalName);

    internal sealed record InvokeRequest(JsonElement Parameters);
}
