using Luware.Onboarding.Settings;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>Microsoft Graph: its address, time limits and retries.</summary>
internal sealed class GraphSettings : ISettings, IPatienceSettings
{
    public static string Section => "Graph";

    public string? BaseAddress { get; set; }

    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(20);

    public int Retries { get; set; } = 3;

    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<string> Faults()
    {
        if (!IsSafeAddress(BaseAddress))
            yield return $"Graph:BaseAddress is '{BaseAddress}'. Set it to https://graph.microsoft.com/v1.0.";
        foreach (var fault in this.PatienceFaults(Section))
            yield return fault;
    }
}
