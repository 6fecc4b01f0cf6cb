using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Regions;

/// <summary>The configured regions. Nothing asks for them before the settings are validated, so faults of other sections are listed with theirs.</summary>
public sealed class RegionCatalog(IOptions<RegionOptions> options) : IRegionCatalog
{
    private readonly Dictionary<string, Region> regions =
        options.Value.Regions.ToDictionary(r => r.Key, r => ToRegion(r.Key, r.Value), StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<Region> All => regions.Values;

    public Region? Find(string key) => regions.GetValueOrDefault(key);

    private static Region ToRegion(string key, RegionSettings settings) =>
        new(key.ToUpperInvariant(), settings.Name!, [.. settings.Applications.Select((a, i) => ToApplication(i + 1, a))])
        {
            Version = settings.Version,
            Chat = string.IsNullOrWhiteSpace(settings.Chat.ApplicationId) ? null : ToChat(settings.Chat),
            StorageLocations = settings.StorageLocations,
            EndpointSubscription = Guid.TryParse(settings.EndpointSubscription, out var subscription) ? subscription : null,
        };

    private static RecordingApplication ToApplication(int number, RecordingApplicationSettings settings) => new(
        number, Guid.Parse(settings.ApplicationId!), settings.DisplayName!, settings.UserPrincipalNamePrefix!, Redirect(settings));

    private static ChatApplication ToChat(ConsentApplicationSettings settings) =>
        new(Guid.Parse(settings.ApplicationId!), settings.DisplayName!, Redirect(settings));

    private static Uri? Redirect(ConsentApplicationSettings settings) => settings.ReturnsToPortal ? null : new Uri(settings.ConsentRedirect!);
}
