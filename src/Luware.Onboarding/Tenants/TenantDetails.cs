namespace Luware.Onboarding.Tenants;

/// <summary>What Luware decides about a tenant, as a person typed it.</summary>
/// <param name="TenantOrDomain">The Entra tenant's id, one of its domains, or an address that contains one; of a tenant that is there, its id.</param>
/// <param name="Region">Key of a configured region.</param>
public sealed record TenantDetails(string Name, string TenantOrDomain, string Region)
{
    /// <summary>Prefix of the field name for an application's id, followed by the application's key.</summary>
    public const string ApplicationField = "ApplicationId-";

    /// <summary>Key of a configured package; empty if unknown.</summary>
    public string Package { get; init; } = "";

    /// <summary>The language as two letters.</summary>
    public string Language { get; init; } = "en";

    public string OwnerName { get; init; } = "";

    public string OwnerMail { get; init; } = "";

    /// <summary>Application ids that differ from the region's, by the application's key within the region; an empty text means the region's own.</summary>
    public IReadOnlyDictionary<string, string> ApplicationIds { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The changes that lead from these details to the others. The tenant itself never changes.</summary>
    public IReadOnlyList<FieldChange> ChangesTo(TenantDetails other)
    {
        FieldChange[] fields =
        [
            new(nameof(Name), "Tenants.Field.Name", Name, other.Name), new(nameof(Region), "Tenants.Field.Region", Region, other.Region),
            new(nameof(Package), "Tenants.Field.Package", Package, other.Package), new(nameof(Language), "Tenants.Field.Language", Language, other.Language),
            new(nameof(OwnerName), "Tenants.Field.OwnerName", OwnerName, other.OwnerName),
            new(nameof(OwnerMail), "Tenants.Field.OwnerMail", OwnerMail, other.OwnerMail),
            .. Applications(other).Select(key => new FieldChange(ApplicationField + key, "Tenants.Field.ApplicationIds", IdOf(key), other.IdOf(key))),
        ];
        return [.. fields.Where(f => f.Was != f.Is)];
    }

    /// <summary>
    /// Rebases these details, which were made from <paramref name="seen"/>, onto <paramref name="now"/>: fields that were not edited take their present
    /// values.
    /// </summary>
    public TenantDetails Onto(TenantDetails seen, TenantDetails now)
    {
        var own = seen.ChangesTo(this).ToDictionary(f => f.Field, f => f.Is, StringComparer.Ordinal);
        string Of(string field, string otherwise) => own.GetValueOrDefault(field, otherwise);
        return now with
        {
            Name = Of(nameof(Name), now.Name), Region = Of(nameof(Region), now.Region), Package = Of(nameof(Package), now.Package),
            Language = Of(nameof(Language), now.Language), OwnerName = Of(nameof(OwnerName), now.OwnerName), OwnerMail = Of(nameof(OwnerMail), now.OwnerMail),
            ApplicationIds = Applications(now).ToDictionary(key => key, key => Of(ApplicationField + key, now.IdOf(key)), StringComparer.Ordinal),
        };
    }

    private IEnumerable<string> Applications(TenantDetails other) =>
        ApplicationIds.Keys.Union(other.ApplicationIds.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string IdOf(string application) => ApplicationIds.GetValueOrDefault(application, "");
}

/// <param name="Field">The name of a property, or of an application's id field.</param>
/// <param name="Word">The text key of what the timeline calls it, where all application ids are one.</param>
public sealed record FieldChange(string Field, string Word, string Was, string Is);
