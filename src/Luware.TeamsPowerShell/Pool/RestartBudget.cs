namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// Counts failed starts that follow close upon each other, so that a worker that cannot start is not started for ever. Whether it fails at once or
/// hangs until its limit makes no difference: failures are forgotten only once none came for a window and a start's longest time together.
/// </summary>
internal sealed class RestartBudget(int limit, TimeSpan window, TimeSpan longestStart, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private int _failures;
    private DateTimeOffset _last;
    private string? _lastFailure;

    /// <summary>For a window after the last failure; the try after it is one more failure, or the start of better days.</summary>
    public bool IsSpent => Failures >= limit && SinceLast < window;

    /// <summary>Why the last start failed; null when none has, or when it is forgotten.</summary>
    public string? LastFailure => Failures > 0 ? _lastFailure : null;

    private int Failures => SinceLast < window + longestStart ? _failures : 0;

    private TimeSpan SinceLast => time.GetUtcNow() - _last;

    /// <summary>A worker has come into use: it makes up for one failure.</summary>
    public void Earn() => _failures = Math.Max(0, Failures - 1);

    public void Spend(string failure)
    {
        (_failures, _lastFailure) = (Failures + 1, failure);
        _last = time.GetUtcNow();
    }

    /// <summary>How long to wait before the next start: longer after every failure, a whole window when the budget is spent.</summary>
    public TimeSpan Pause()
    {
        var rest = window - SinceLast;
        return _failures >= limit && rest > TimeSpan.Zero ? rest : ShortestPause * Math.Pow(2, Math.Min(Failures, 6));
    }
}
