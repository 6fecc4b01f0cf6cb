using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Regions;

/// <summary>Regions as settings: Regions:MTCH:Applications:0:ApplicationId and so on.</summary>
public sealed class RegionOptions : ISettings
{
    /// <summary>The root, because the regions are a section of their own.</summary>
    public static string Section => "";

    public Dictionary<string, RegionSettings> Regions { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Faults() => RegionRules.Faults(this);
}

public sealed class RegionSettings
{
    public string? Name { get; set; }

    /// <summary>Raised with every change of the region's data, so that people can refer to a version.</summary>
    public int Version { get; set; } = 1;

    /// <summary>One application, or two for a 2N region, in the order of the preconditions article.</summary>
    public List<RecordingApplicationSettings> Applications { get; } = [];

    /// <summary>The application that captures Teams chats; not offered without an application id.</summary>
    public ConsentApplicationSettings Chat { get; set; } = new();

    /// <summary>Azure locations that may store recordings, for example germanywestcentral; empty for any.</summary>
    public List<string> StorageLocations { get; } = [];

    /// <summary>
    /// The subscription from which Luware creates its private endpoints. Without it no connection is known to be Luware's, and each customer must confirm
    /// theirs.
    /// </summary>
    public string? EndpointSubscription { get; set; }
}

/// <summary>Raw configuration text; <see cref="RegionRules"/> checks it before anything uses it.</summary>
public class ConsentApplicationSettings
{
    public string? ApplicationId { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>"Portal", or the website address that is registered as the application's redirect address.</summary>
    public string? ConsentRedirect { get; set; }

    /// <summary>True if the application redirects to the portal's own landing page.</summary>
    public bool ReturnsToPortal => string.IsNullOrWhiteSpace(ConsentRedirect) || string.Equals(ConsentRedirect, "Portal", StringComparison.OrdinalIgnoreCase);
}

public sealed class RecordingApplicationSettings : ConsentApplicationSettings
{
    public string? UserPrincipalNamePrefix { get; set; }
}
