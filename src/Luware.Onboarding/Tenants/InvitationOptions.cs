using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Tenants;

/// <summary>How long customers can accept an invitation.</summary>
public sealed class InvitationOptions : ISettings
{
    public static string Section => "Invitations";

    private const int MostDays = 365;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    public IEnumerable<string> Faults()
    {
        if (Lifetime < TimeSpan.FromMinutes(5) || Lifetime > TimeSpan.FromDays(MostDays))
            yield return $"{Section}:{nameof(Lifetime)} is {Lifetime}. Set it to between five minutes and {MostDays} days, for example \"30.00:00:00\".";
    }
}
