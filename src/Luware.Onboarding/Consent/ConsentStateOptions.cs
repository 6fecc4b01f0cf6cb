using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Consent;

/// <summary>How long a consent link is valid.</summary>
public sealed class ConsentStateOptions : ISettings
{
    public static string Section => "Consent";

    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Faults()
    {
        if (StateLifetime < TimeSpan.FromMinutes(1) || StateLifetime > TimeSpan.FromDays(1))
            yield return $"{Section}:{nameof(StateLifetime)} is {StateLifetime}. Set it to between one minute and one day, for example \"01:00:00\".";
    }
}
