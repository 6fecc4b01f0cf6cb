namespace Luware.Onboarding.Regions;

/// <summary>Luware's regions, as configured.</summary>
public interface IRegionCatalog
{
    IReadOnlyCollection<Region> All { get; }

    /// <summary>Returns null if no region with this key is configured.</summary>
    Region? Find(string key);

    /// <returns>The region's name; its key if no region with this key is configured.</returns>
    string NameOf(string key) => Find(key)?.Name ?? key;
}
