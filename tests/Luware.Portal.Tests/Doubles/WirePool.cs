using Luware.Portal.Sandbox.Worker;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.Portal.Tests.Doubles;

/// <summary>
/// Leases that call the sandbox's Teams from this process. Requests, tokens and the proof of the tenant are real; only the processes are left out, because
/// starting one takes half a second, too long for many concurrent runs.
/// </summary>
internal sealed class WirePool(Uri world) : ITeamsWorkerPool
{
    private static readonly TeamsCommand WhoAnswers = new("Get-CsTenant", [], ["TenantId"]);

    public TeamsPoolState State => TeamsPoolState.Ready;

    public async Task<ITeamsLease> LeaseAsync(TeamsLeaseRequest request, CancellationToken cancellationToken)
    {
        var tokens = await request.Tokens(cancellationToken);
        var lease = new WireLease(request.TenantId, new SandboxTeams(world));
        try
        {
            await lease.ConnectAsync(tokens, cancellationToken);
            var tenant = (await lease.InvokeAsync(WhoAnswers, cancellationToken)).Objects[0].GetProperty("TenantId").GetGuid();
            return tenant == request.TenantId ? lease : throw new WrongTenantException(request.TenantId, tenant.ToString());
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    private sealed class WireLease(Guid tenantId, SandboxTeams teams) : ITeamsLease
    {
        private const int Tries = 3;
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

        public Guid TenantId => tenantId;

        public async Task ConnectAsync(TeamsTokens tokens, CancellationToken cancellationToken) => await SendAsync("Connect-MicrosoftTeams", async () =>
        {
            await teams.ConnectAsync(new ConnectMessage(0, tenantId, tokens.Graph, tokens.TeamsAdmin), cancellationToken);
            return new CmdletAnswer([], []);
        }, cancellationToken);

        public async Task<TeamsResult> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken)
        {
            TeamsCmdlets.Check(command);
            var answer = await SendAsync(command.Name, () => teams.InvokeAsync(command, cancellationToken), cancellationToken);
            return new TeamsResult(command.Select.Count == 0 ? [] : [.. answer.Objects.Select(o => SandboxWorker.Pick(o, command.Select))]);
        }

        public ValueTask DisposeAsync()
        {
            teams.Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>Like the pool: after a 503 a write may have taken effect.</summary>
        private static bool MayRepeat(string name, TeamsError error) =>
            error.IsThrottled || (error.IsBusy && (name.StartsWith("Get-", StringComparison.Ordinal) || name.StartsWith("Connect-", StringComparison.Ordinal)));

        private static async Task<CmdletAnswer> SendAsync(string name, Func<Task<CmdletAnswer>> send, CancellationToken cancellationToken)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await send();
                }
                catch (SandboxRefusalException refusal) when (attempt < Tries && MayRepeat(name, refusal.Error))
                {
                    await Task.Delay(Pause, cancellationToken);
                }
                catch (SandboxRefusalException refusal)
                {
                    throw new CommandRefusedException(name, refusal.Error);
                }
                catch (HttpRequestException e)
                {
                    throw new WorkerLostException($"The worker was lost while {name} ran.", e);
                }
            }
        }
    }
}
