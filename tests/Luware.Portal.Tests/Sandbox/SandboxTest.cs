using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>Gives every test its own world, with clients for it.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    private readonly HttpClient _client = new();

    protected virtual TimeProvider Clock => TimeProvider.System;

    protected SandboxWorld World { get; private set; } = null!;
    protected SandboxTenants Tenants => World.Tenants;

    public async ValueTask InitializeAsync() => World = await SandboxWorld.StartAsync(new SandboxOptions { Time = Clock });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal MsalPerson Person(SandboxTenant tenant, string name) =>
        new(World, tenant.People.Single(p => p.DisplayName == name), tenant);

    /// <summary>Signs in with consent to these scopes and returns the token for Microsoft Graph.</summary>
    internal static async Task<string> GraphTokenAsync(MsalPerson person, params string[] scopes) => (await person.SignInAsync(scopes)).AccessToken;

    /// <param name="path">The path after /graph/v1.0.</param>
    protected Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> GraphAsync(string token, string path) =>
        GraphAsync(token, new Uri(World.GraphAddress.AbsoluteUri + path));

    protected async Task<(int Status, JsonElement Body, HttpResponseHeaders Headers)> GraphAsync(string token, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("ConsistencyLevel", "eventual");
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response.Headers);
    }

    /// <summary>Signs in and connects to Teams with both tokens.</summary>
    internal async Task<TeamsSession> ConnectAsync(MsalPerson person)
    {
        var graph = await person.SignInAsync(["User.Read", MsalPerson.TeamsScope], ["User.Read"]);
        // A cached token would still contain the roles of its issue time.
        var teams = await person.SilentAsync(graph.Account, force: true, MsalPerson.TeamsScope);
        var connected = await PostAsync("/teams/connect", new { tenantId = person.Tenant.Id, graphToken = graph.AccessToken, teamsToken = teams.AccessToken });
        connected.Status.ShouldBe(200, connected.Body.ToString());
        return new TeamsSession(this, connected.Body.GetProperty("session").GetString()!);
    }

    internal async Task<(int Status, JsonElement Body)> PostAsync(string path, object body, string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(World.Address, path)) { Content = JsonContent.Create(body) };
        if (session is not null)
            request.Headers.Add("X-Teams-Session", session);
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}

/// <summary>The state of a worker after Connect-MicrosoftTeams.</summary>
internal sealed class TeamsSession(SandboxTest test, string session)
{
    public async Task<IReadOnlyList<JsonElement>> RunAsync(string cmdlet, params (string Name, object? Value)[] parameters)
    {
        var (status, body) = await SendAsync(cmdlet, parameters);
        status.ShouldBe(200, body.ToString());
        return [.. body.GetProperty("objects").EnumerateArray()];
    }

    /// <summary>Category and message of the refusal.</summary>
    public async Task<(string Category, string Message)> RefusedAsync(string cmdlet, params (string Name, object? Value)[] parameters)
    {
        var (status, body) = await SendAsync(cmdlet, parameters);
        status.ShouldBeGreaterThanOrEqualTo(400, body.ToString());
        var error = body.GetProperty("error");
        error.GetProperty("correlationId").GetString().ShouldNotBeNullOrEmpty();
        return (error.GetProperty("category").GetString()!, error.GetProperty("message").GetString()!);
    }

    private Task<(int Status, JsonElement Body)> SendAsync(string cmdlet, (string Name, object? Value)[] parameters) =>
        test.PostAsync($"/teams/cmdlets/{cmdlet}", new { parameters = parameters.ToDictionary(p => p.Name, p => p.Value) }, session);
}
