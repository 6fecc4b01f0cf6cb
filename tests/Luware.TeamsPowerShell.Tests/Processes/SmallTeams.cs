using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>The minimal Teams for the sandbox's workers: accepts any tokens and echoes what it receives.</summary>
internal sealed class SmallTeams : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _tenants = [];

    private SmallTeams()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/teams/connect", Connect);
        _app.MapPost("/teams/cmdlets/{name}", Invoke);
    }

    public string Address => _app.Urls.Single();

    public static async Task<SmallTeams> StartAsync()
    {
        var teams = new SmallTeams();
        await teams._app.StartAsync();
        return teams;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Connect(JsonObject body)
    {
        var session = Guid.NewGuid().ToString();
        _tenants[session] = (string)body["tenantId"]!;
        return body["graphToken"] is null || body["teamsToken"] is null
            ? Refuse("AuthenticationError", "Two tokens are needed.")
            : Results.Json(new JsonObject { ["session"] = session, ["tenantId"] = _tenants[session] });
    }

    private IResult Invoke(string name, JsonObject body, HttpRequest request)
    {
        if (!_tenants.TryGetValue(request.Headers["X-Teams-Session"].ToString(), out var tenant))
            return Refuse("AuthenticationError", "Run Connect-MicrosoftTeams before running cmdlets.");
        return name switch
        {
            "Get-CsTenant" => Answer(new JsonObject { ["TenantId"] = tenant, ["DisplayName"] = "Contoso" }),
            "New-CsOnlineApplicationInstance" => Refuse("PermissionDenied", "Access Denied."),
            _ => Answer(new JsonObject { ["Identity"] = name, ["Sent"] = body["parameters"]?.DeepClone(), ["Secret"] = "never asked for" }),
        };
    }

    private static IResult Answer(JsonObject found) =>
        Results.Json(new JsonObject { ["objects"] = new JsonArray(found), ["warnings"] = new JsonArray("A warning.") });

    private static IResult Refuse(string category, string message) => Results.Json(
        new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["category"] = category, ["errorId"] = "Forbidden,Test", ["target"] = "someone", ["message"] = message, ["correlationId"] = "c0ffee",
            },
        },
        statusCode: StatusCodes.Status403Forbidden);
}
