using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Steps.Storage;

/// <summary>
/// The requirements for a storage account. Luware's article specifies few settings of the account itself, so each requirement can be switched off and names
/// its source.
/// </summary>
public sealed class StorageOptions : ISettings
{
    public static string Section => "Storage";

    /// <summary>Luware's article on the storage preconditions.</summary>
    public string? Article { get; set; }

    /// <summary>The shortest time for which deleted blobs must be restorable.</summary>
    public int SoftDeleteDays { get; set; } = 7;

    /// <summary>By name (see <see cref="StorageRequirement"/>). A requirement that is not listed applies, with the article as its source.</summary>
    public Dictionary<string, RequirementSettings> Requirements { get; } = new(StringComparer.OrdinalIgnoreCase);

    public bool Requires(StorageRequirement requirement) =>
        (Find(requirement)?.Required ?? true) || (requirement == StorageRequirement.Versioning && Requires(StorageRequirement.Immutability));

    public string LinkOf(StorageRequirement requirement) => Find(requirement)?.Link ?? Article!;

    private RequirementSettings? Find(StorageRequirement requirement) => Requirements.GetValueOrDefault(requirement.ToString());

    public IEnumerable<string> Faults()
    {
        if (!IsHttps(Article))
            yield return $"{Section}:Article is '{Article}'. Set it to the https address of Luware's article on the storage preconditions.";
        if (SoftDeleteDays is < 1 or > 365)
            yield return $"{Section}:SoftDeleteDays is {SoftDeleteDays}. Set a number from 1 to 365, as Azure allows it.";
        foreach (var (name, settings) in Requirements)
        {
            if (!Enum.GetNames<StorageRequirement>().Contains(name, StringComparer.OrdinalIgnoreCase))
                yield return $"{Section}:Requirements:{name} is no requirement. Write one of {string.Join(", ", Enum.GetNames<StorageRequirement>())}.";
            else if (settings.Link is not null && !IsHttps(settings.Link))
                yield return $"{Section}:Requirements:{name}:Link is '{settings.Link}'. "
                    + $"Set the https address of the page that asks for it, or leave it away for {Section}:Article.";
        }
    }

    private static bool IsHttps(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps;
}

public sealed class RequirementSettings
{
    public bool Required { get; set; } = true;

    /// <summary>The page that states the requirement.</summary>
    public string? Link { get; set; }
}

/// <summary>The names of the requirements in the settings.</summary>
public enum StorageRequirement
{
    /// <summary>General purpose v2 or premium block blobs.</summary>
    AccountKind,

    /// <summary>Located in one of the region's storage locations (Regions:…:StorageLocations).</summary>
    Location,

    /// <summary>No anonymous access to the account or the container.</summary>
    AnonymousAccess,

    /// <summary>TLS 1.2 at least.</summary>
    MinimumTls,

    /// <summary>Versioning, which immutability needs.</summary>
    Versioning,

    SoftDelete,

    /// <summary>Microsoft.Network is registered in the subscription.</summary>
    NetworkProvider,

    /// <summary>Version-level immutability of the container or of the whole account.</summary>
    Immutability,

    /// <summary>Luware's private endpoint connection is approved.</summary>
    PrivateEndpoint,
}
