namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// Counts failed starts in quick succession, so that a worker that cannot start is not restarted for ever. Failures are forgotten once none occurred for a
/// window plus the longest start, so starts that hang until their limit count like starts that fail at once.
/// </summary>
internal sealed class RestartBudget(int limit, TimeSpan window, TimeSpan longestStart, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private int _failures;
    private long _last;
    private string? _lastFailure;

    /// <summary>True for one window after the last failure. The next try either fails again or begins to earn the budget back.</summary>
    public bool IsSpent => Failures >= limit && SinceLast < window;

    /// <summary>Why the last start failed; null if none has failed or the failures are forgotten.</summary>
    public string? LastFailure => Failures > 0 ? _lastFailure : null;

    private int Failures => SinceLast < window + longestStart ? _failures : 0;

    private TimeSpan SinceLast => time.GetElapsedTime(_last);

    /// <summary>Forgives one failure, because a worker has come into use.</summary>
    public void Earn() => _failures = Math.Max(0, Failures - 1);

    public void Spend(string failure)
    {
        (_failures, _lastFailure) = (Failures + 1, failure);
        _last = time.GetTimestamp();
    }

    /// <summary>The wait before the next start: longer after every failure, the rest of the window when the budget is spent.</summary>
    public TimeSpan Pause()
    {
        if (!IsSpent)
            return ShortestPause * Math.Pow(2, Math.Min(Failures, 6));
        var rest = window - SinceLast;
        return rest > ShortestPause ? rest : ShortestPause;
    }
}
