using System.Net;
using System.Text;
using Luware.Onboarding.Settings;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>The portal's public address and the reverse proxies in front of it.</summary>
internal sealed class PortalSettings : ISettings
{
    public static string Section => "Portal";

    public string? PublicAddress { get; set; }

    public IList<string> Proxies { get; } = [];

    /// <summary>The number of proxies that a request passes through.</summary>
    public int ForwardLimit { get; set; } = 1;

    public bool IsHttps => Uri.UriSchemeHttps == new Uri(PublicAddress!).Scheme;

    /// <summary>A public address of the portal. It is never built from a request's host.</summary>
    public Uri At(string path) => new(PublicAddress!.TrimEnd('/') + path);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(PublicAddress))
            yield return "Portal:PublicAddress is missing. Set it to the address that people type, for example https://onboarding.example.com.";
        else if (!IsSafeAddress(PublicAddress))
            yield return $"Portal:PublicAddress is '{PublicAddress}'. Set it to an https address; http is allowed for this machine (127.0.0.1) only.";
        else if (new Uri(PublicAddress).PathAndQuery != "/")
            yield return $"Portal:PublicAddress is '{PublicAddress}'. The portal lives at the root of its host: leave the path away.";
        else if (!Ascii.IsValid(PublicAddress))
            yield return $"Portal:PublicAddress is '{PublicAddress}'. Write its host as browsers send it: {new Uri(PublicAddress).IdnHost}.";

        if (ForwardLimit is < 1 or > 10)
            yield return $"Portal:ForwardLimit is {ForwardLimit}. Set the number of proxies that stand one behind the other before the portal, for example 1.";

        foreach (var proxy in Proxies.Where(p => !IPNetwork.TryParse(p, out _) && !IPAddress.TryParse(p, out _)))
            yield return $"Portal:Proxies holds '{proxy}'. Each entry is an IP address or a network such as 10.0.0.0/8.";
    }
}
