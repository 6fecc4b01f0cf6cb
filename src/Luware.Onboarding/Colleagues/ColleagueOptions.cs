using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Colleagues;

/// <summary>How long a step stays handed to a colleague.</summary>
public sealed class ColleagueOptions : ISettings
{
    public static string Section => "Colleagues";

    /// <summary>How long a link can be accepted.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the colleague who accepted the link is admitted to the step.</summary>
    public TimeSpan AdmissionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an expired link is still shown to the person who created it.</summary>
    public TimeSpan KeepExpired { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Faults() =>
    [
        .. Check(nameof(LinkLifetime), LinkLifetime, TimeSpan.FromMinutes(5), 30),
        .. Check(nameof(AdmissionLifetime), AdmissionLifetime, TimeSpan.FromMinutes(5), 365),
        .. Check(nameof(KeepExpired), KeepExpired, TimeSpan.Zero, 365),
    ];

    private static IEnumerable<string> Check(string key, TimeSpan value, TimeSpan least, int mostDays)
    {
        if (value < least || value > TimeSpan.FromDays(mostDays))
            yield return $"{Section}:{key} is {value}. Set it to between {least} and {mostDays} days, for example \"7.00:00:00\".";
    }
}
