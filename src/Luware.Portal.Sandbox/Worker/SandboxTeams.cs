using System.Net.Http.Json;
using System.Text.Json;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.Portal.Sandbox.Worker;

/// <summary>The sandbox's Teams over HTTP, with one session per process as in the real module.</summary>
internal sealed class SandboxTeams(Uri address) : IDisposable
{
    private const string SessionHeader = "X-Teams-Session";

    // The pool applies the time limits; a hanging cmdlet must hang here too.
    private readonly HttpClient _http = new() { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };

    /// <exception cref="SandboxRefusalException">The sandbox rejects the tokens.</exception>
    public async Task ConnectAsync(ConnectMessage connect, CancellationToken cancellationToken)
    {
        var answer = await PostAsync<ConnectAnswer>(
            "teams/connect", new { connect.TenantId, connect.GraphToken, connect.TeamsToken }, cancellationToken);
        _http.DefaultRequestHeaders.Remove(SessionHeader);
        _http.DefaultRequestHeaders.Add(SessionHeader, answer.Session);
    }

    /// <summary>Plays the module's import: makes a connection without tokens, whose refusal loads all the code that a valid one needs.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(new ConnectMessage(0, Guid.Empty, "", ""), cancellationToken);
        }
        catch (Exception e) when (e is SandboxRefusalException or HttpRequestException)
        {
            // Refused as expected. If the world is not running, the first command will report it.
        }
    }

    /// <exception cref="SandboxRefusalException">The cmdlet refused.</exception>
    public Task<CmdletAnswer> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken) =>
        PostAsync<CmdletAnswer>($"teams/cmdlets/{command.Name}", new { Parameters = Naturalise(command.Parameters) }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        using var response = await _http.PostAsJsonAsync(path, body, JsonSerializerOptions.Web, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var refusal = await response.Content.ReadFromJsonAsync<RefusalAnswer>(JsonSerializerOptions.Web, cancellationToken);
            throw new SandboxRefusalException(refusal!.Error.ToTeamsError());
        }
        return (await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken))!;
    }

    internal static Dictionary<string, object?> Naturalise(IEnumerable<TeamsParameter> parameters) =>
        parameters.ToDictionary(p => p.Name, p => Naturalise(p.Value), StringComparer.Ordinal);

    /// <summary>
    /// Converts a value; a nested command becomes the object that it creates: the paired application, which exists only in the worker's memory.
    /// </summary>
    private static object? Naturalise(TeamsValue value) => value switch
    {
        TeamsValue.Text text => text.Value,
        TeamsValue.Flag flag => flag.Value,
        TeamsValue.Number number => number.Value,
        TeamsValue.Id id => id.Value,
        TeamsValue.Date date => date.Value,
        TeamsValue.List list => list.Items.Select(Naturalise).ToArray(),
        TeamsValue.Nested nested => Naturalise(nested.Command.Parameters),
        _ => null,
    };
}

internal sealed record ConnectAnswer(string Session, Guid TenantId);

internal sealed record CmdletAnswer(IReadOnlyList<JsonElement> Objects, IReadOnlyList<string>? Warnings);

internal sealed record RefusalAnswer(Refusal Error);

/// <summary>An error record of the sandbox's Teams.</summary>
internal sealed record Refusal(string Category, string ErrorId, string? Target, string Message, string? CorrelationId)
{
    public TeamsError ToTeamsError() => new(Category, ErrorId, Target, Message, [], CorrelationId);
}

internal sealed class SandboxRefusalException(TeamsError error) : Exception(error.Message)
{
    public TeamsError Error { get; } = error;
}
