namespace Luware.TeamsPowerShell.Pool;

/// <summary>Counts failed starts within a window, so that a worker that cannot start is not started for ever.</summary>
internal sealed class RestartBudget(int limit, TimeSpan window, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly Queue<DateTimeOffset> _failures = [];

    public bool IsSpent
    {
        get
        {
            Forget();
            return _failures.Count >= limit;
        }
    }

    public void Spend() => _failures.Enqueue(time.GetUtcNow());

    /// <summary>How long to wait before the next start: longer after every failure; when the budget is spent, until the oldest failure is forgotten.</summary>
    public TimeSpan Pause()
    {
        Forget();
        return _failures.Count >= limit
            ? _failures.Peek() + window - time.GetUtcNow()
            : ShortestPause * Math.Pow(2, Math.Min(_failures.Count, 6));
    }

    private void Forget()
    {
        while (_failures.TryPeek(out var oldest) && time.GetUtcNow() - oldest >= window)
            _failures.Dequeue();
    }
}
