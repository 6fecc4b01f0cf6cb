namespace Luware.Portal.Settings;

/// <summary>Time limits and retries for the calls to a service.</summary>
internal interface IPatienceSettings
{
    TimeSpan AttemptTimeout { get; }

    int Retries { get; }

    /// <summary>The longest Retry-After that is waited for; for a longer one, the caller is told when to try again.</summary>
    TimeSpan LongestWait { get; }
}

internal static class PatienceRules
{
    public static IEnumerable<string> PatienceFaults(this IPatienceSettings settings, string section)
    {
        if (settings.AttemptTimeout <= TimeSpan.Zero)
            yield return $"{section}:AttemptTimeout is {settings.AttemptTimeout}. Set a time above zero, for example 00:00:20.";
        if (settings.Retries is < 0 or > 10)
            yield return $"{section}:Retries is {settings.Retries}. Set a number from 0 to 10.";
        if (settings.LongestWait < TimeSpan.Zero)
            yield return $"{section}:LongestWait is {settings.LongestWait}. Set zero or a time above it, for example 00:00:10.";
    }
}
