using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>How long a sign-in lasts.</summary>
internal sealed class SessionSettings : ISettings
{
    /// <summary>A page checks at this interval, and the answer about roles is at most as old, so a lost role takes effect within a minute.</summary>
    private static readonly TimeSpan LongestRecheck = TimeSpan.FromSeconds(30);

    public static string Section => "Sessions";

    /// <summary>Ends after this time without a request and without use of a page.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Ends after this time in any case.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often an open page checks whether its session still exists.</summary>
    public TimeSpan Recheck { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often, at most, a page that is used renews the session. Renewals count in the second half of <see cref="Idle"/> alone.</summary>
    internal TimeSpan Renewal => Idle / 8;

    public IEnumerable<string> Faults()
    {
        if (Idle <= TimeSpan.Zero)
            yield return $"Sessions:Idle is {Idle}. Set a time above zero, for example 08:00:00.";
        if (Longest < Idle)
            yield return $"Sessions:Longest is {Longest}. It cannot be shorter than Sessions:Idle ({Idle}).";
        if (Recheck < TimeSpan.FromSeconds(1) || Recheck > LongestRecheck)
        {
            yield return $"Sessions:Recheck is {Recheck}. Set a time from one second to {LongestRecheck.TotalSeconds} seconds: "
                + "open pages end within it after sign-out, and within a minute after a lost role.";
        }
    }
}
