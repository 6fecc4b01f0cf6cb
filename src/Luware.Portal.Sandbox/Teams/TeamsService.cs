using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Runs cmdlets against the session's tenant, with the active faults.</summary>
internal sealed class TeamsService(TeamsSessions sessions, SandboxFaults faults, TimeProvider time)
{
    private const string SessionHeader = "X-Teams-Session";

    public static readonly FrozenDictionary<string, Cmdlet> Cmdlets =
        UserCmdlets.All.Concat(InstanceCmdlets.All).Concat(PolicyCmdlets.All).Concat(LinkCmdlets.All).Concat(GroupAssignmentCmdlets.All)
            .ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> CmdletNames => Cmdlets.Keys.Order(StringComparer.Ordinal);

    public async Task<JsonObject> InvokeAsync(string name, JsonElement parameters, HttpContext context, CancellationToken cancellationToken)
    {
        var token = sessions.Require(context.Request.Headers[SessionHeader]);
        var cmdlet = Cmdlets.GetValueOrDefault(name) ?? throw TeamsRefusalException.UnknownCmdlet(name);
        var bound = cmdlet.Bind(parameters);
        if (cmdlet.Roles.Count > 0 && !cmdlet.Roles.Any(r => token.Roles.Contains(r.TemplateId)))
            throw TeamsRefusalException.AccessDenied(cmdlet.Name);
        var tenant = token.Identity.Tenant;
        var here = faults.Of(tenant);
        if (here.NextRefusal(cmdlet.Name) is { } refusal)
        {
            if (refusal == TeamsRefusal.Unavailable)
                Run();
            throw TeamsRefusalException.Of(refusal, cmdlet.Name);
        }

        var lost = here.NextWorkerFault(cmdlet.Name);
        if (lost is { AfterEffect: false })
            return await LoseAsync(lost, context, cancellationToken);

        var delay = here.DelayOf(cmdlet.Name);
        await Task.Delay(delay.Before, time, cancellationToken);
        var objects = Run();
        await Task.Delay(delay.After, time, cancellationToken);
        if (lost is not null)
            return await LoseAsync(lost, context, cancellationToken);
        return new JsonObject { ["objects"] = new JsonArray([.. objects]), ["warnings"] = new JsonArray() };

        JsonObject[] Run() =>
            tenant.Change(() => cmdlet.Run(new CmdletCall(tenant, token.Identity.PersonId, cmdlet.Name, bound, here, time.GetUtcNow())).ToArray());
    }

    /// <summary>Breaks the connection, which crashes the worker, or withholds the answer, which makes it hang.</summary>
    private static async Task<JsonObject> LoseAsync(WorkerFault fault, HttpContext context, CancellationToken cancellationToken)
    {
        if (fault.Kind == WorkerFaultKind.Hang)
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        context.Abort();
        throw new OperationCanceledException("The worker was lost on purpose.");
    }
}
