using Luware.TeamsPowerShell.Worker;
using Microsoft.Extensions.Logging;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// The workers of the pool and the queue in front of them. Starts workers ahead of demand, gives each to the lease that has waited longest, and replaces every
/// worker that is gone. Nothing is started, killed or awaited under its lock.
/// </summary>
internal sealed partial class WorkerStock(TeamsWorkerOptions options, TimeProvider time, TeamsWorkerMetrics metrics, Canary canary, ILogger<WorkerStock> logger)
    : IAsyncDisposable
{
    private const string Stopping = "No Teams worker is given out any more: the application is stopping.";

    private readonly RestartBudget _budget = new(options.RestartBudget, options.RestartWindow, options.StartLimit, time);
    private readonly CancellationTokenSource _stop = new();

    private readonly Lock _gate = new();
    private readonly LeaseQueue _queue = new(options.QueueLimit);
    private readonly LinkedList<TeamsWorker> _warm = [];
    private readonly HashSet<TeamsWorker> _leased = [];
    private readonly List<Task> _starts = [];
    private int _starting;
    private bool _draining;

    public StockCount Count()
    {
        lock (_gate)
            return new StockCount(_warm.Count, _leased.Count, _starting, _queue.Count);
    }

    /// <summary>True while the restart budget is spent and no worker is started.</summary>
    public bool HasGivenUp
    {
        get
        {
            lock (_gate)
                return _budget.IsSpent && _warm.Count == 0;
        }
    }

    /// <summary>Waits for a worker, which the caller must return with <see cref="ReleaseAsync"/>.</summary>
    /// <exception cref="NoWorkerException">The queue is full, the wait was too long, no worker can be started, or the pool is stopping.</exception>
    public async Task<TeamsWorker> TakeAsync(LeaseTurn turn, Action<int>? queued, CancellationToken cancellationToken)
    {
        var lease = Enter(turn);
        var left = options.LeaseWait - time.GetElapsedTime(turn.Asked);
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            Serve();
            return await lease.WaitAsync(queued, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Leave(lease);
            lock (_gate)
                throw new NoWorkerException($"No Teams worker became free within {options.LeaseWait}.{LastFailedStart}");
        }
        catch
        {
            Leave(lease);
            throw;
        }
    }

    /// <summary>Kills the worker and lets a new one take its place.</summary>
    public async Task ReleaseAsync(TeamsWorker worker, string reason)
    {
        worker.Kill(reason);
        try
        {
            await worker.DisposeAsync();
        }
        finally
        {
            lock (_gate)
                _leased.Remove(worker);
        }
        metrics.Killed(worker.KillReason ?? reason);
        Log.Killed(logger, worker.ProcessId, worker.KillReason ?? reason);
        Serve();
    }

    /// <summary>Gives warm workers to those who wait, and starts as many as are missing.</summary>
    public void Serve()
    {
        lock (_gate)
        {
            while (_queue.Count > 0 && _warm.First is { Value: var worker })
            {
                _warm.RemoveFirst();
                _leased.Add(worker);
                _budget.Earn();
                _queue.GiveFirst(worker);
            }
            _queue.TellPositions();
            for (var missing = Missing(); missing > 0; missing--)
                Start();
        }
    }

    /// <summary>Takes no more leases, lets those in use finish within the limit, then kills what is left.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        Task[] starts;
        lock (_gate)
        {
            _draining = true;
            _queue.RefuseAll(Stopping);
            starts = [.. _starts];
        }
        await _stop.CancelAsync();
        await Task.WhenAll(starts);

        TeamsWorker[] warm;
        TeamsWorker[] leased;
        lock (_gate)
        {
            (warm, leased) = ([.. _warm], [.. _leased]);
            _warm.Clear();
        }
        await Task.WhenAll(warm.Select(KillWarmAsync));
        await WaitForEndAsync(leased, cancellationToken);
        await Task.WhenAll(leased.Select(KillAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync(new CancellationToken(canceled: true));
        _stop.Dispose();
    }

    private WaitingLease Enter(LeaseTurn turn)
    {
        lock (_gate)
        {
            if (_draining)
                throw new NoWorkerException(Stopping);
            if (HasGivenUp)
                throw new NoWorkerException(CannotStart);
            return turn.HasCome ? _queue.EnterFirst() : _queue.Enter();
        }
    }

    /// <summary>Removes a caller that stopped waiting. A worker that it was given meanwhile has seen no tenant yet, so the next lease gets it.</summary>
    private void Leave(WaitingLease lease)
    {
        bool isFree;
        lock (_gate)
        {
            _queue.Leave(lease);
            isFree = !_draining && lease.Worker is { } unused && _leased.Remove(unused) && _warm.AddFirst(unused) is not null;
        }
        if (isFree)
            _ = ReplaceWhenEndedAsync(lease.Worker!); // Nobody watched it while it was being handed over.
        if (_draining)
            lease.Worker?.Kill(KillReasons.Shutdown);
        Serve();
    }

    private int Missing()
    {
        if (_draining || _budget.IsSpent)
            return 0;
        var wanted = options.WarmWorkers + _queue.Count - _warm.Count - _starting;
        var allowed = options.MaxWorkers - _warm.Count - _starting - _leased.Count;
        return Math.Min(wanted, allowed);
    }

    private void Start()
    {
        _starting++;
        // Start the worker without the caller's ExecutionContext: the new process does not belong to that caller's trace or log scope.
        using var apart = ExecutionContext.SuppressFlow();
        _starts.RemoveAll(start => start.IsCompleted);
        _starts.Add(Task.Run(StartAsync, CancellationToken.None));
    }

    private async Task StartAsync()
    {
        var began = time.GetTimestamp();
        try
        {
            var worker = await TeamsWorker.StartAsync(options, time, _stop.Token);
            metrics.Started(time.GetElapsedTime(began));
            canary.Imported(worker.Module, time.GetElapsedTime(began));
            Log.Started(logger, worker.ProcessId, worker.Module, time.GetElapsedTime(began).TotalMilliseconds);
            lock (_gate)
            {
                _starting--;
                _warm.AddLast(worker);
            }
            _ = ReplaceWhenEndedAsync(worker);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            lock (_gate)
                _starting--;
        }
        catch (Exception e)
        {
            // Whatever went wrong, the slot must not be lost: it becomes free again after a pause.
            await FailAsync("start failed", e);
        }
        Serve();
    }

    /// <summary>Replaces a warm worker when it ends, which counts as a failed start; a leased one is replaced when it is released.</summary>
    private async Task ReplaceWhenEndedAsync(TeamsWorker worker)
    {
        await worker.Ended;
        lock (_gate)
        {
            if (!_warm.Remove(worker))
                return;
            _starting++;
        }
        var reason = worker.KillReason ?? KillReasons.EndedByItself;
        metrics.Killed(reason);
        await worker.DisposeAsync();
        await FailAsync(reason, new WorkerLostException($"A warm worker was lost: {reason}."));
        Serve();
    }

    private async Task FailAsync(string reason, Exception failure)
    {
        TimeSpan pause;
        lock (_gate)
        {
            _budget.Spend(failure.Message);
            if (HasGivenUp)
                _queue.RefuseAll(CannotStart);
            pause = _budget.Pause();
        }
        metrics.StartFailed(reason);
        canary.Failed(failure);
        Log.StartFailed(logger, pause.TotalMilliseconds, failure);
        do
            await Task.Delay(pause, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!TryFreeSlot(out pause));
    }

    /// <summary>Frees a failed start's slot, unless the budget is still spent (a timer ended early, another start failed): then nothing would start again.</summary>
    private bool TryFreeSlot(out TimeSpan pause)
    {
        lock (_gate)
        {
            pause = _budget.Pause();
            if (_budget.IsSpent && !_draining)
                return false;
            _starting--;
            return true;
        }
    }

    private string LastFailedStart => _budget.LastFailure is { } failure ? $" The last start that failed: {failure}" : "";

    private string CannotStart => $"No Teams worker can be started: {_budget.LastFailure}";

    private async Task WaitForEndAsync(TeamsWorker[] leased, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(leased.Select(w => w.Ended)).WaitAsync(options.DrainLimit, time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Log.DrainCutShort(logger, leased.Count(w => !w.Ended.IsCompleted));
        }
    }

    private Task KillWarmAsync(TeamsWorker worker)
    {
        metrics.Killed(KillReasons.Shutdown);
        return KillAsync(worker);
    }

    private static async Task KillAsync(TeamsWorker worker)
    {
        worker.Kill(KillReasons.Shutdown);
        await worker.DisposeAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Debug, "Worker {ProcessId} with module {Module} is warm after {Milliseconds:F0} ms.")]
        public static partial void Started(ILogger logger, int processId, string module, double milliseconds);

        [LoggerMessage(1002, LogLevel.Warning, "A worker could not be started or kept; next try in {Milliseconds:F0} ms.")]
        public static partial void StartFailed(ILogger logger, double milliseconds, Exception failure);

        [LoggerMessage(1003, LogLevel.Debug, "Worker {ProcessId} was killed: {Reason}.")]
        public static partial void Killed(ILogger logger, int processId, string reason);

        [LoggerMessage(1004, LogLevel.Warning, "{Count} leases were still in use at the end and are killed.")]
        public static partial void DrainCutShort(ILogger logger, int count);
    }
}
