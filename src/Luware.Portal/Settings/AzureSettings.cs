using Luware.Onboarding.Settings;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>Azure: the address of Resource Manager, the hosts that may hold blobs, and the time limits and retries for both.</summary>
internal sealed class AzureSettings : PatienceSettings, ISettings
{
    public static string Section => "Azure";

    public string? ResourceManager { get; set; }

    /// <summary>Azure's domains for the blob addresses of storage accounts; nothing is ever sent to others.</summary>
    public IList<string> BlobSuffixes { get; } = [];

    public IEnumerable<string> Faults()
    {
        if (!IsSafeAddress(ResourceManager))
            yield return $"Azure:ResourceManager is '{ResourceManager}'. Set it to https://management.azure.com.";
        if (BlobSuffixes.Count == 0)
            yield return "Azure:BlobSuffixes is empty. List the domains of storage accounts' blobs, for example blob.core.windows.net.";
        foreach (var suffix in BlobSuffixes.Where(s => Uri.CheckHostName(s) != UriHostNameType.Dns || !s.Contains('.', StringComparison.Ordinal)))
            yield return $"Azure:BlobSuffixes holds '{suffix}'. Write a domain, for example blob.core.windows.net.";
        foreach (var fault in PatienceFaults(Section))
            yield return fault;
    }
}
