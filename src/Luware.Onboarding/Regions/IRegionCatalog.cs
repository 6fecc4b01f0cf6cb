namespace Luware.Onboarding.Regions;

/// <summary>Luware's regions as the settings name them.</summary>
public interface IRegionCatalog
{
    IReadOnlyList<Region> Regions { get; }

    Region? Find(string key);
}
