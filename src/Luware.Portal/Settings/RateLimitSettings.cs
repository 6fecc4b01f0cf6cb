namespace Luware.Portal.Settings;

/// <summary>What one address may ask of the pages that need no sign-in.</summary>
internal sealed class RateLimitSettings : ISettings
{
    public static string Section => "RateLimits";

    public int AnonymousPerMinute { get; set; } = 120;

    public IEnumerable<string> Faults()
    {
        if (AnonymousPerMinute < 1)
            yield return $"RateLimits:AnonymousPerMinute is {AnonymousPerMinute}. Set a number of requests, for example 120.";
    }
}
