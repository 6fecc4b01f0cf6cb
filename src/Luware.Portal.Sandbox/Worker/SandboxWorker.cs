using System.Text.Json;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.Portal.Sandbox.Worker;

/// <summary>
/// A worker process for machines without PowerShell. It speaks the pool's protocol and passes every cmdlet on to the sandbox's Teams. Only the module is
/// simulated; processes, pipes, limits and the proof of the tenant are real.
/// </summary>
internal static class SandboxWorker
{
    private const string Name = "sandbox";

    /// <summary>Environment variable with the address of the sandbox.</summary>
    private const string AddressVariable = "SANDBOX_TEAMS_ADDRESS";

    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(Environment.GetEnvironmentVariable(AddressVariable), UriKind.Absolute, out var address))
        {
            await Console.Error.WriteLineAsync($"{AddressVariable} is not the address of a sandbox.");
            return 1;
        }
        await using var link = await WorkerLink.ConnectAsync(cancellationToken);
        using var teams = new SandboxTeams(address);
        await teams.WarmUpAsync(cancellationToken);
        await link.SendAsync(new HelloMessage(WorkerProtocol.Version, Name, ModuleVersion), cancellationToken);
        while (await link.ReadAsync(cancellationToken) is { } request)
            await AnswerAsync(link, teams, request, cancellationToken);
        return 0;
    }

    private static string ModuleVersion =>
        Environment.GetEnvironmentVariable(WorkerProtocol.ModuleVersionVariable) is { Length: > 0 } wanted ? wanted : Name;

    private static async Task AnswerAsync(WorkerLink link, SandboxTeams teams, WorkerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request is ConnectMessage connect)
                await teams.ConnectAsync(connect, cancellationToken);
            else if (request is InvokeMessage invoke)
                await InvokeAsync(link, teams, invoke, cancellationToken);
            await link.SendAsync(new DoneMessage(request.Id), cancellationToken);
        }
        catch (SandboxRefusalException refusal)
        {
            await link.SendAsync(new ErrorMessage(request.Id, refusal.Error), cancellationToken);
        }
    }

    private static async Task InvokeAsync(WorkerLink link, SandboxTeams teams, InvokeMessage invoke, CancellationToken cancellationToken)
    {
        var answer = await teams.InvokeAsync(invoke.Command, cancellationToken);
        foreach (var warning in answer.Warnings ?? [])
            await link.SendAsync(new OutputMessage(invoke.Id, "warning", warning), cancellationToken);
        if (invoke.Command.Select.Count == 0)
            return;
        foreach (var found in answer.Objects)
            await link.SendAsync(new ResultMessage(invoke.Id, Pick(found, invoke.Command.Select)), cancellationToken);
    }

    /// <summary>Returns the selected properties, ignoring case like PowerShell; a missing property is null.</summary>
    internal static JsonElement Pick(JsonElement found, IReadOnlyList<string> select)
    {
        var properties = found.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase);
        return JsonSerializer.SerializeToElement(select.ToDictionary(
            name => name, name => properties.TryGetValue(name, out var value) ? value : (JsonElement?)null, StringComparer.Ordinal));
    }
}
