using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>Microsoft Graph: where it is and how patient the portal is with it.</summary>
internal sealed class GraphSettings : ISettings
{
    public static string Section => "Graph";

    public string? BaseAddress { get; set; }

    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public int Retries { get; set; } = 3;

    /// <summary>A longer wait is not slept through: the caller is told when to come again.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<string> Faults()
    {
        if (!IsSafeAddress(BaseAddress))
            yield return $"Graph:BaseAddress is '{BaseAddress}'. Set it to https://graph.microsoft.com/v1.0 or your cloud's address.";
        if (AttemptTimeout <= TimeSpan.Zero)
            yield return $"Graph:AttemptTimeout is {AttemptTimeout}. Set a time above zero, for example 00:00:20.";
        if (Retries is < 0 or > 10)
            yield return $"Graph:Retries is {Retries}. Set a number from 0 to 10.";
        if (LongestWait < TimeSpan.Zero)
            yield return $"Graph:LongestWait is {LongestWait}. Set zero or a time above it, for example 00:00:10.";
    }
}
