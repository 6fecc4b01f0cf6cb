using System.Diagnostics;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>A connected worker on loan to one caller. It runs one command after the other until it is disposed or its time is up.</summary>
internal sealed class TeamsLease : ITeamsLease
{
    private readonly TeamsWorker _worker;
    private readonly TeamsLeaseRequest _request;
    private readonly Activity? _activity;
    private readonly WorkerStock _stock;
    private readonly TeamsRetry _retry;
    private readonly TeamsWorkerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly ITimer _limit;
    private readonly SemaphoreSlim _turn = new(1);
    private int _disposed;

    public TeamsLease(
        TeamsWorker worker, TeamsLeaseRequest request, Activity? activity, WorkerStock stock, TeamsRetry retry, TeamsWorkerMetrics metrics,
        TimeSpan limit, TimeProvider time)
    {
        (_worker, _request, _activity, _stock, _retry, _metrics, _time) = (worker, request, activity, stock, retry, metrics, time);
        _began = time.GetTimestamp();
        _limit = time.CreateTimer(_ => worker.Kill(KillReasons.LeaseTooLong), state: null, limit, Timeout.InfiniteTimeSpan);
    }

    public Guid TenantId => _request.TenantId;

    public async Task<TeamsResult> InvokeAsync(TeamsCommand command, CancellationToken cancellationToken)
    {
        TeamsCmdlets.Check(command);
        if (!command.IsComplete)
            throw new InvalidOperationException($"{command.Name} cannot run yet: it needs a value that another action makes.");
        ObjectDisposedException.ThrowIf(_disposed != 0, this);

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(command, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _limit.DisposeAsync();
        await _stock.ReleaseAsync(_worker, KillReasons.LeaseEnded);
        _metrics.Leased(_time.GetElapsedTime(_began));
        _activity?.Dispose();
    }

    private async Task<TeamsResult> RunAsync(TeamsCommand command, CancellationToken cancellationToken)
    {
        using var activity = TeamsWorkerTelemetry.StartCommand(command.Name, TenantId, _activity);
        var began = _time.GetTimestamp();
        try
        {
            return await _retry.RunAsync(
                $"{command.ToSummary()}", token => _worker.InvokeAsync(command, _request.Output, token), BusyService.MayBeAskedAgain,
                _request.Output, cancellationToken);
        }
        catch (Exception failure)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
        finally
        {
            _metrics.Ran(command.Name, _time.GetElapsedTime(began));
        }
    }
}
