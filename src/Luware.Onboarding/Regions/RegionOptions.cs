namespace Luware.Onboarding.Regions;

/// <summary>Regions as settings: Regions:MTCH:Applications:0:ApplicationId and so on.</summary>
public sealed class RegionOptions
{
    public Dictionary<string, RegionSettings> Regions { get; } = new(StringComparer.OrdinalIgnoreCase);
}

public sealed class RegionSettings
{
    public string? Name { get; set; }

    /// <summary>One application, or two for a 2N region, in the order of the preconditions article.</summary>
    public List<RecordingApplicationSettings> Applications { get; } = [];
}

/// <summary>Text as it was configured; <see cref="RegionOptionsValidator"/> says what is wrong with it before anything uses it.</summary>
public sealed class RecordingApplicationSettings
{
    public string? ApplicationId { get; set; }

    public string? DisplayName { get; set; }

    public string? UserPrincipalNamePrefix { get; set; }

    /// <summary>"Portal", or the website address that is registered as the application's redirect address.</summary>
    public string? ConsentRedirect { get; set; }

    /// <summary>True where the application sends people back to the portal's own landing.</summary>
    public bool ReturnsToPortal => string.IsNullOrWhiteSpace(ConsentRedirect) || string.Equals(ConsentRedirect, "Portal", StringComparison.OrdinalIgnoreCase);
}
