using Luware.Onboarding.Gateways;
using Luware.Portal.Tokens;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways.Teams;

/// <summary>The worker of one unit of work: leased with the first command, kept for the same tenant, killed at the end.</summary>
internal sealed partial class TeamsGateway(
    ITeamsWorkerPool pool, TeamsRetry retry, ITokens tokens, Commentary said, IOptions<TeamsWorkerOptions> options, TimeProvider time,
    ILogger<TeamsGateway> logger)
    : ITeams, IAsyncDisposable
{
    /// <summary>Tokens younger than this have not expired: if they are rejected, only the person can help.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);

    // The pool ends a lease at its limit, even during a command, so a new lease is taken before that, between two commands.
    private readonly TimeSpan _longestUse = options.Value.LeaseLimit - options.Value.CommandLimit;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Connection? _connection;

    public async Task<TeamsResult> InvokeAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await InvokeOrRepeatAsync(access, command, cancellationToken);
        }
        catch (TeamsWorkerException e)
        {
            throw TeamsFailures.Translate(e);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _oneAtATime.Dispose();
    }

    // Repeats reads only, on a new worker: after a pause, or at once if the old connection was rejected.
    private Task<TeamsResult> InvokeOrRepeatAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken) =>
        retry.RunAsync(
            $"{command.ToSummary()}", token => InvokeLetInAsync(access, command, token), failure => failure is WorkerLostException && IsRead(command), Hear,
            cancellationToken);

    private async Task<TeamsResult> InvokeLetInAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await InvokeOnceAsync(access, command, cancellationToken);
        }
        catch (CommandRefusedException e) when (TeamsFailures.IsExpired(e) && IsRead(command))
        {
            Log.Again(logger, command.Name, e.Error.ErrorId);
            said.Add(TeamsOutput.Retry, $"{command.Name} is repeated with a new connection after {e.Error.ErrorId}.");
        }

        return await InvokeOnceAsync(access, command, cancellationToken);
    }

    private async Task<TeamsResult> InvokeOnceAsync(TenantAccess access, TeamsCommand command, CancellationToken cancellationToken)
    {
        if (_connection is { } old && (old.Access != access || time.GetUtcNow() - old.Since > _longestUse))
            await EndAsync();
        if (_connection is null)
        {
            // The lease's time begins when it is granted, not when it is requested.
            var lease = await LeaseAsync(access, cancellationToken);
            _connection = new Connection(access, time.GetUtcNow(), lease);
        }
        var isYoung = time.GetUtcNow() - _connection.Since < Young;
        try
        {
            return await _connection.Lease.InvokeAsync(command, cancellationToken);
        }
        catch (Exception e) when (e is not CommandRefusedException refused || TeamsFailures.IsExpired(refused))
        {
            // Only a refusal leaves the worker usable. After a cancelled command it is dead, and keeping it would lose the next command.
            if (e is WorkerLostException)
                Log.Lost(logger, command.Name);
            await EndAsync();
            if (e is CommandRefusedException usedUp && !isYoung && !IsRead(command))
                throw TeamsFailures.OfUsedUp(usedUp);
            throw;
        }
    }

    private async Task<ITeamsLease> LeaseAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.LeaseAsync(new TeamsLeaseRequest(access.TenantId, TokensOf(access), said.MoveInQueue, Hear), cancellationToken);
        }
        finally
        {
            said.MoveInQueue(0);
        }
    }

    /// <summary>Keeps the worker's output except verbose and debug streams, which print whole requests and only help to debug the module.</summary>
    private void Hear(TeamsOutput line)
    {
        if (line.Stream is not ("verbose" or "debug"))
            said.Add(line.Stream, line.Text);
    }

    /// <summary>
    /// Acquires both tokens together, because the module refuses a pair with very different expiry times. Graph first, as the module expects.
    /// </summary>
    private Func<CancellationToken, Task<TeamsTokens>> TokensOf(TenantAccess access) => async cancellationToken =>
    {
        var graph = await tokens.GetAsync(access, TokenPurpose.Directory, fresh: true, cancellationToken);
        var teams = await tokens.GetAsync(access, TokenPurpose.Teams, fresh: true, cancellationToken);
        return new TeamsTokens(graph.Value, teams.Value);
    };

    private async Task EndAsync()
    {
        var connection = _connection;
        _connection = null;
        if (connection is not null)
            await connection.Lease.DisposeAsync();
    }

    private static bool IsRead(TeamsCommand command) => command.Name.StartsWith("Get-", StringComparison.Ordinal);

    private sealed record Connection(TenantAccess Access, DateTimeOffset Since, ITeamsLease Lease);

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Warning, "{Command} is repeated with a new connection after {Reason}.")]
        public static partial void Again(ILogger logger, string command, string reason);

        [LoggerMessage(3021, LogLevel.Warning, "The worker was lost while it ran {Command}.")]
        public static partial void Lost(ILogger logger, string command);
    }
}
