using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Engine;

/// <summary>Limits and pauses of the engine.</summary>
public sealed class EngineOptions : ISettings
{
    internal const int MostParallelRuns = 100;

    public static string Section => "Engine";

    /// <summary>Maximum number of runs that are carried out at the same time, each of another tenant.</summary>
    public int ParallelRuns { get; set; } = 8;

    /// <summary>The pause before looking again for an action that does not show yet; it doubles each time.</summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(2);

    public TimeSpan LastPoll { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an accepted action may stay unseen before it is carried out again.</summary>
    public TimeSpan ReapplyAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long a policy may stay in force for somebody after it was taken back: before its parts are removed, and before the policy that shields a person
    /// from it goes although Teams still shows it.
    /// </summary>
    public TimeSpan OutOfForceAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a run trusts its own verification of a step before it reads the step again.</summary>
    public TimeSpan TrustReadingFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a reading from a busy service is retried at once before the run waits. A write is never repeated without a new reading.</summary>
    public int QuickRetries { get; set; } = 2;

    public TimeSpan QuickRetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest that reading one step may take.</summary>
    public TimeSpan ReadLimit { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest that one action may take.</summary>
    public TimeSpan ActionLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the reconciler looks for runs that nothing wakes.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Faults() =>
    [
        .. Check(ParallelRuns is >= 1 and <= MostParallelRuns, nameof(ParallelRuns), ParallelRuns, $"a number from 1 to {MostParallelRuns}"),
        .. Check(QuickRetries is >= 0 and <= 5, nameof(QuickRetries), QuickRetries, "a number from 0 to 5"),
        .. Check(LastPoll >= FirstPoll, nameof(LastPoll), LastPoll, $"at least {Section}:{nameof(FirstPoll)}"),
        .. Check(
            OutOfForceAfter > TimeSpan.Zero && OutOfForceAfter <= TimeSpan.FromDays(7), nameof(OutOfForceAfter), OutOfForceAfter,
            "a time above zero and at most seven days, for example \"2.00:00:00\" where groups are large"),
        .. Times().SelectMany(t => Check(
            t.Value > TimeSpan.Zero && t.Value <= TimeSpan.FromDays(1), t.Key, t.Value, "a time above zero and at most one day, for example \"00:00:30\"")),
    ];

    private static IEnumerable<string> Check(bool good, string key, object value, string wanted) =>
        good ? [] : [$"{Section}:{key} is {value}. Set it to {wanted}."];

    private IEnumerable<(string Key, TimeSpan Value)> Times() =>
    [
        (nameof(FirstPoll), FirstPoll), (nameof(LastPoll), LastPoll), (nameof(ReapplyAfter), ReapplyAfter), (nameof(TrustReadingFor), TrustReadingFor),
        (nameof(QuickRetryDelay), QuickRetryDelay), (nameof(ReadLimit), ReadLimit), (nameof(ActionLimit), ActionLimit),
        (nameof(ReconcileEvery), ReconcileEvery),
    ];
}

/// <summary>Luware's emergency stop.</summary>
public sealed class SafetyOptions
{
    public static string Section => "Safety";

    /// <summary>The value as written. It is text, so that a mistyped value cannot break the settings when somebody stops the portal in a hurry.</summary>
    public string? NoWrites { get; set; }

    /// <summary>True while nothing may be applied in any tenant. Takes effect at once, without a restart. An empty or unreadable value also stops.</summary>
    public bool WritesStopped => NoWrites is not null && !NoWrites.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
}
