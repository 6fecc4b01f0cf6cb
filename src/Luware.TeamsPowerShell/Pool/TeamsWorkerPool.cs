using System.Diagnostics;
using Luware.TeamsPowerShell.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>Turns a warm worker into a lease: connects it, proves its tenant, and hands it over.</summary>
internal sealed partial class TeamsWorkerPool(
    WorkerStock stock, Canary canary, TeamsRetry retry, TeamsWorkerMetrics metrics, IOptions<TeamsWorkerOptions> options, TimeProvider time,
    ILogger<TeamsWorkerPool> logger) : ITeamsWorkerPool, IHostedService
{
    private const string Connect = "Connect to Teams";

    /// <summary>The pool's health. A pool without warm workers stays untried until its first lease.</summary>
    public TeamsPoolState State =>
        options.Value.WarmWorkers > 0 && !canary.HasImported ? TeamsPoolState.Untried
        : stock.HasGivenUp ? TeamsPoolState.Failing
        : TeamsPoolState.Ready;

    public async Task<ITeamsLease> LeaseAsync(TeamsLeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var activity = TeamsWorkerTelemetry.StartLease(request.TenantId);
        var turn = new LeaseTurn(time.GetTimestamp());
        try
        {
            // A worker that is lost before it was handed over has changed nothing, so another one may be tried.
            return await retry.RunAsync(
                Connect, token => TryLeaseAsync(request, turn, activity, token), failure => failure is WorkerLostException, request.Output, cancellationToken);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name).Dispose();
            if (failure is WorkerLostException)
                throw new NoWorkerException($"No Teams worker could be connected: {failure.Message}", failure);
            throw;
        }
    }

    /// <summary>Deletes what a killed application left behind and starts warming workers, without waiting for them.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        WorkerFolder.Sweep(options.Value, time);
        stock.Serve();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => stock.DrainAsync(cancellationToken);

    private async Task<ITeamsLease> TryLeaseAsync(TeamsLeaseRequest request, LeaseTurn turn, Activity? activity, CancellationToken cancellationToken)
    {
        var worker = await TakeAsync(turn, request.Queued, cancellationToken);
        turn.HasCome = true;
        try
        {
            await ConnectAsync(worker, request, () => metrics.ConnectSent(time.GetElapsedTime(turn.Asked)), cancellationToken);
        }
        catch (Exception failure)
        {
            if (failure is WorkerLostException)
                Log.LostWhileConnecting(logger);
            await stock.ReleaseAsync(worker, KillReasons.Disposed);
            throw;
        }
        return new TeamsLease(worker, request, activity, stock, retry, metrics, options.Value.LeaseLimit, time);
    }

    /// <summary>Also measures waits that end without a worker; otherwise the metric would be silent while nobody gets one.</summary>
    private async Task<TeamsWorker> TakeAsync(LeaseTurn turn, Action<int>? queued, CancellationToken cancellationToken)
    {
        try
        {
            return await stock.TakeAsync(turn, queued, cancellationToken);
        }
        finally
        {
            if (!turn.HasCome)
                metrics.Waited(time.GetElapsedTime(turn.Asked));
        }
    }

    private async Task ConnectAsync(TeamsWorker worker, TeamsLeaseRequest request, Action? sent, CancellationToken cancellationToken)
    {
        var tokens = await TokensAsync(request, cancellationToken);
        TenantProof.CheckTokens(request.TenantId, tokens);
        var longest = 2 * options.Value.ConnectLimit;
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await RunAsync(token => worker.ConnectAsync(request.TenantId, tokens, Interlocked.Exchange(ref sent, null), request.Output, token));
            await RunAsync(token => TenantProof.CheckSessionAsync(request.TenantId, worker, options.Value.ConnectLimit, request.Output, token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another worker would find the same busy service, so none is tried.
            throw new NoWorkerException($"To connect and to prove the tenant, with all tries, took longer than {longest}.");
        }

        Task RunAsync(Func<CancellationToken, Task> exchange) => retry.RunAsync(Connect, exchange, BusyService.MayBeAskedAgain, request.Output, either.Token);
    }

    /// <summary>Acquires the tokens within a time limit, so that a caller cannot hold a worker for ever.</summary>
    private async Task<TeamsTokens> TokensAsync(TeamsLeaseRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await request.Tokens(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoWorkerException($"The tokens for the lease did not come within {options.Value.ConnectLimit}.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Warning, "A worker was lost while it was connected.")]
        public static partial void LostWhileConnecting(ILogger logger);
    }
}
