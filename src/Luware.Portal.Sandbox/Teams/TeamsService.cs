using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Runs cmdlets against the tenant of the session, with the faults that are switched on.</summary>
internal sealed class TeamsService(TeamsSessions sessions, SandboxFaults faults, TimeProvider time)
{
    /// <summary>Tells the worker what becomes of it: crash or hang, before the answer is read.</summary>
    public const string FaultHeader = "X-Sandbox-Fault";

    private const string SessionHeader = "X-Teams-Session";

    private static readonly FrozenDictionary<string, Cmdlet> Cmdlets =
        UserCmdlets.All.Concat(InstanceCmdlets.All).Concat(PolicyCmdlets.All).Concat(LinkCmdlets.All).Concat(GroupAssignmentCmdlets.All)
            .ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    public async Task<JsonObject> InvokeAsync(string name, JsonElement parameters, HttpContext context, CancellationToken cancellationToken)
    {
        var token = sessions.Require(context.Request.Headers[SessionHeader]);
        var cmdlet = Cmdlets.GetValueOrDefault(name) ?? throw TeamsRefusalException.UnknownCmdlet(name);
        var bound = cmdlet.Bind(parameters);
        if (cmdlet.Roles.Count > 0 && !cmdlet.Roles.Any(r => token.Roles.Contains(r.TemplateId)))
            throw TeamsRefusalException.AccessDenied(cmdlet.Name);
        if (faults.NextTeamsBusy())
            throw TeamsRefusalException.TooBusy();

        var lost = faults.NextWorkerFault(cmdlet.Name);
        if (lost is { AfterEffect: false })
            return Lose(lost, context.Response);

        var delay = faults.DelayOf(cmdlet.Name);
        await Task.Delay(delay.Before, time, cancellationToken);
        var tenant = token.Identity.Tenant;
        var call = new CmdletCall(tenant, token.Identity.PersonId, cmdlet.Name, bound, faults, time.GetUtcNow());
        var objects = tenant.Change(() => cmdlet.Run(call).ToArray());
        await Task.Delay(delay.After, time, cancellationToken);
        return lost is null ? Answer(objects) : Lose(lost, context.Response);
    }

    private static JsonObject Lose(WorkerFault fault, HttpResponse response)
    {
        response.Headers[FaultHeader] = fault.Kind == WorkerFaultKind.Crash ? "crash" : "hang";
        return Answer([]);
    }

    private static JsonObject Answer(JsonObject[] objects) => new() { ["objects"] = new JsonArray([.. objects]), ["warnings"] = new JsonArray() };
}
