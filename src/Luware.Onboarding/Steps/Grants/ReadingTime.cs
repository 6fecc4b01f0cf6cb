namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// How the time for one reading of the step is shared out, counted from when a worker is there. What is asked person by person, or policy by
/// policy, ends early enough for the rest to be read and for saying what was not.
/// </summary>
/// <param name="whole">The longest that reading the step may take.</param>
internal sealed class ReadingTime(TimeProvider time, TimeSpan whole)
{
    private readonly DateTimeOffset begun = time.GetUtcNow();

    /// <summary>No call about one more person begins after it.</summary>
    public bool IsOverForPeople => Elapsed > whole / 3;

    /// <summary>What is left now, shared out anew: a large group takes the directory most of a minute, whatever else is read.</summary>
    public ReadingTime Rest() => new(time, whole - Elapsed);

    /// <summary>Ends also what is being asked: one list can take longer than all others together.</summary>
    public CancellationTokenSource EndForLists() => EndAt(whole / 2);

    /// <summary>Ends the questions about members, which come last, early enough to store what was read.</summary>
    public CancellationTokenSource EndForMembers() => EndAt(whole * 5 / 6);

    private TimeSpan Elapsed => time.GetUtcNow() - begun;

    private CancellationTokenSource EndAt(TimeSpan share) => new(share - Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero, time);
}
