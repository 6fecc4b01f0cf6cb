namespace Luware.Onboarding.Regions;

/// <summary>Regions as settings: Regions:MTCH:Applications:0:ApplicationId and so on.</summary>
public sealed class RegionOptions
{
    public Dictionary<string, RegionSettings> Regions { get; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class RegionSettings
{
    public string? Name { get; set; }

    /// <summary>Raised with every change of what stands here, so that people can name what they talk about.</summary>
    public int Version { get; set; } = 1;

    /// <summary>One application, or two for a 2N region, in the order of the preconditions article.</summary>
    public List<RecordingApplicationSettings> Applications { get; } = [];

    /// <summary>What captures Teams chats; without an application id it is not offered.</summary>
    public ConsentApplicationSettings Chat { get; set; } = new();

    /// <summary>Azure locations in which recordings may be stored, as germanywestcentral; empty for any.</summary>
    public List<string> StorageLocations { get; } = [];

    /// <summary>The subscription from which Luware makes its private endpoints; without it no connection is known to be Luware's, and each customer has to confirm theirs.</summary>
    public string? EndpointSubscription { get; set; }
}

/// <summary>Text as it was configured; <see cref="RegionOptionsValidator"/> says what is wrong with it before anything uses it.</summary>
public class ConsentApplicationSettings
{
    public string? ApplicationId { get; set; }

    public string? DisplayName { get; set; }

    /// <summary>"Portal", or the website address that is registered as the application's redirect address.</summary>
    public string? ConsentRedirect { get; set; }

    /// <summary>True where the application sends people back to the portal's own landing.</summary>
    public bool ReturnsToPortal => string.IsNullOrWhiteSpace(ConsentRedirect) || string.Equals(ConsentRedirect, "Portal", StringComparison.OrdinalIgnoreCase);
}

public sealed class RecordingApplicationSettings : ConsentApplicationSettings
{
    public string? UserPrincipalNamePrefix { get; set; }
}
