namespace Luware.Portal.Settings;

/// <summary>Time limits and retries for the calls to a service.</summary>
internal abstract class PatienceSettings
{
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public int Retries { get; set; } = 3;

    /// <summary>The longest Retry-After that is waited for; for a longer one, the caller is told when to try again.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    protected IEnumerable<string> PatienceFaults(string section)
    {
        if (AttemptTimeout <= TimeSpan.Zero)
            yield return $"{section}:AttemptTimeout is {AttemptTimeout}. Set a time above zero, for example 00:00:20.";
        if (Retries is < 0 or > 10)
            yield return $"{section}:Retries is {Retries}. Set a number from 0 to 10.";
        if (LongestWait < TimeSpan.Zero)
            yield return $"{section}:LongestWait is {LongestWait}. Set zero or a time above it, for example 00:00:10.";
    }
}
