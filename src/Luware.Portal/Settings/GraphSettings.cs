using Luware.Onboarding.Settings;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>Microsoft Graph: its address, time limits and retries.</summary>
internal sealed class GraphSettings : PatienceSettings, ISettings
{
    public static string Section => "Graph";

    public string? BaseAddress { get; set; }

    public IEnumerable<string> Faults()
    {
        if (!IsSafeAddress(BaseAddress))
            yield return $"Graph:BaseAddress is '{BaseAddress}'. Set it to https://graph.microsoft.com/v1.0.";
        foreach (var fault in PatienceFaults(Section))
            yield return fault;
    }
}
