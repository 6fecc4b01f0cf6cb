using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Tenants;

/// <summary>Luware's solution packages, as settings: Packages:Standard:MostGroups and so on.</summary>
public sealed class PackageOptions : ISettings
{
    /// <summary>The root, because the packages are a section of their own.</summary>
    public static string Section => "";

    public Dictionary<string, PackageSettings> Packages { get; } = new(StringComparer.OrdinalIgnoreCase);

    public PackageSettings? Find(string? key) => key is null ? null : Packages.GetValueOrDefault(key);

    public IEnumerable<string> Faults() => Packages.Count == 0
        ? [$"{nameof(Packages)} is empty. Describe at least one solution package, as appsettings.json does."]
        : Packages.SelectMany(p => Faults($"{nameof(Packages)}:{p.Key}", p.Key, p.Value));

    private static IEnumerable<string> Faults(string place, string key, PackageSettings package)
    {
        if (key.Length > 40)
            yield return $"{place} has a key of {key.Length} characters. Use 40 at most.";
        if (string.IsNullOrWhiteSpace(package.Name))
            yield return $"{place}:Name is missing. Set it to the package's name.";
        if (GroupLimit.Fault($"{place}:{nameof(PackageSettings.MostGroups)}", package.MostGroups) is { } fault)
            yield return fault;
    }
}

public sealed class PackageSettings
{
    public string? Name { get; set; }

    /// <summary>How many groups Luware Recording may synchronise, all roles together.</summary>
    public int MostGroups { get; set; } = GroupLimit.Default;
}
