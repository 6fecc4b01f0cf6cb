namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// Divides the time for one reading of the step, counted from when a worker is available. Requests per person or per policy end early enough to read the rest
/// and to report what was not read.
/// </summary>
/// <param name="whole">The longest time that reading the step may take.</param>
internal sealed class ReadingTime(TimeProvider time, TimeSpan whole)
{
    private readonly DateTimeOffset begun = time.GetUtcNow();

    /// <summary>True when no call about one more person may begin.</summary>
    public bool IsOverForPeople => Elapsed > whole / 3;

    /// <summary>What is left now, shared out anew: a large group takes the directory most of a minute, whatever else is read.</summary>
    public ReadingTime Rest() => new(time, whole - Elapsed);

    /// <summary>Also cancels the request in progress: one list can take longer than all others together.</summary>
    public CancellationTokenSource EndForLists() => EndAt(whole / 2);

    /// <summary>Ends the questions about members, which come last, early enough to store what was read.</summary>
    public CancellationTokenSource EndForMembers() => EndAt(whole * 5 / 6);

    private TimeSpan Elapsed => time.GetUtcNow() - begun;

    private CancellationTokenSource EndAt(TimeSpan share) => new(share - Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero, time);
}
