namespace Luware.Onboarding.Tenants;

/// <summary>What Luware decides about a tenant; texts as a person typed them.</summary>
/// <param name="TenantOrDomain">The Entra tenant's id, or one of its domains.</param>
/// <param name="Region">Key of a configured region.</param>
public sealed record TenantDetails(string Name, string TenantOrDomain, string Region)
{
    /// <summary>The field of an application's id is called so, followed by the application's key.</summary>
    public const string ApplicationField = "ApplicationId-";

    /// <summary>Key of a configured package; empty where it is not known.</summary>
    public string Package { get; init; } = "";

    /// <summary>Two letters.</summary>
    public string Language { get; init; } = "en";

    public string OwnerName { get; init; } = "";

    public string OwnerMail { get; init; } = "";

    /// <summary>Application ids where they are not those of the region, by the application's key within it; an empty text is the region's own.</summary>
    public IReadOnlyDictionary<string, string> ApplicationIds { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What somebody has to change in these details to come to the others. The tenant itself never changes.</summary>
    public IReadOnlyList<FieldChange> ChangesTo(TenantDetails other)
    {
        FieldChange[] fields =
        [
            new(nameof(Name), Name, other.Name), new(nameof(Region), Region, other.Region), new(nameof(Package), Package, other.Package), new(nameof(Language), Language, other.Language),
            new(nameof(OwnerName), OwnerName, other.OwnerName), new(nameof(OwnerMail), OwnerMail, other.OwnerMail),
            .. Applications(other).Select(key => new FieldChange(ApplicationField + key, IdOf(key), other.IdOf(key))),
        ];
        return [.. fields.Where(f => f.Was != f.Is)];
    }

    /// <summary>These details, which were made from <paramref name="seen"/>, made from <paramref name="now"/>: what was left alone in them is as it is now.</summary>
    public TenantDetails Onto(TenantDetails seen, TenantDetails now)
    {
        var own = seen.ChangesTo(this).ToDictionary(f => f.Field, f => f.Is, StringComparer.Ordinal);
        string Of(string field, string otherwise) => own.GetValueOrDefault(field, otherwise);
        return now with
        {
            Name = Of(nameof(Name), now.Name), Region = Of(nameof(Region), now.Region), Package = Of(nameof(Package), now.Package), Language = Of(nameof(Language), now.Language),
            OwnerName = Of(nameof(OwnerName), now.OwnerName), OwnerMail = Of(nameof(OwnerMail), now.OwnerMail),
            ApplicationIds = Applications(now).ToDictionary(key => key, key => Of(ApplicationField + key, now.IdOf(key)), StringComparer.Ordinal),
        };
    }

    private IEnumerable<string> Applications(TenantDetails other) => ApplicationIds.Keys.Union(other.ApplicationIds.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    private string IdOf(string application) => ApplicationIds.GetValueOrDefault(application, "");
}

/// <param name="Field">Name of a property of the details, or of an application's id.</param>
public sealed record FieldChange(string Field, string Was, string Is);
