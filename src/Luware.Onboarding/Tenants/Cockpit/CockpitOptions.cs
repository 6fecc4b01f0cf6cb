using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Defines when a tenant counts as idle.</summary>
public sealed class CockpitOptions : ISettings
{
    public static string Section => "Cockpit";

    private const int MostDays = 365;

    /// <summary>Days without progress after which a tenant counts as idle.</summary>
    public int IdleDays { get; set; } = 7;

    public IEnumerable<string> Faults()
    {
        if (IdleDays is < 1 or > MostDays)
            yield return $"{Section}:{nameof(IdleDays)} is {IdleDays}. Set it to a number of days from 1 to {MostDays}.";
    }
}
