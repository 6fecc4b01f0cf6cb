namespace Luware.Onboarding.Regions;

/// <summary>Luware's regions as the settings name them.</summary>
public interface IRegionCatalog
{
    IReadOnlyCollection<Region> All { get; }

    /// <summary>Null where no region of this key is configured.</summary>
    Region? Find(string key);
}
