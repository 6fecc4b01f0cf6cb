using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>How often one address may call the endpoints that need no sign-in, and how many files one person may download.</summary>
internal sealed class RateLimitSettings : ISettings
{
    public static string Section => "RateLimits";

    public int AnonymousPerMinute { get; set; } = 120;

    public int FilesPerMinute { get; set; } = 30;

    /// <summary>The number of portals that share the load. Each counts for itself and allows its share.</summary>
    public int Replicas { get; set; } = 1;

    public int AnonymousPerMinuteHere => Math.Max(1, AnonymousPerMinute / Replicas);

    public int FilesPerMinuteHere => Math.Max(1, FilesPerMinute / Replicas);

    public IEnumerable<string> Faults()
    {
        if (Replicas < 1)
            yield return $"RateLimits:Replicas is {Replicas}. Set the number of portals that run at the same time, for example 2.";
        if (AnonymousPerMinute < 1)
            yield return $"RateLimits:AnonymousPerMinute is {AnonymousPerMinute}. Set a number of requests, for example 120.";
        if (FilesPerMinute < 1)
            yield return $"RateLimits:FilesPerMinute is {FilesPerMinute}. Set a number of files, for example 30.";
    }
}
