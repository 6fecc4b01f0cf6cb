using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Configurations;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>Validates what a specialist enters about a tenant, and converts it to and from the stored row.</summary>
internal sealed class TenantRules(IRegionCatalog regions, IOptions<PackageOptions> packages)
{
    /// <returns>The first fault; null if there is none.</returns>
    public Sentence? FindFault(TenantDetails details)
    {
        if (details.Name.Trim() is { Length: 0 or > Lengths.DisplayName })
            return new Sentence("Tenants.Fault.Name");
        if (regions.Find(details.Region) is not { } region)
            return new Sentence("Tenants.Fault.Region");
        if (details.Package.Length > 0 && packages.Value.Find(details.Package) is null)
            return new Sentence("Tenants.Fault.Package");
        if (!PortalLanguages.Homes.ContainsKey(details.Language))
            return new Sentence("Tenants.Fault.Language");
        if (details.OwnerName.Trim().Length > Lengths.DisplayName)
            return new Sentence("Tenants.Fault.Owner");
        if (details.OwnerMail.Trim() is { Length: > 0 } mail && !IsMail(mail))
            return new Sentence("Tenants.Fault.OwnerMail");
        return FindFaultyId(details, region) is { } faulty ? new Sentence("Tenants.Fault.ApplicationId", faulty) : null;
    }

    /// <summary>The row as a form shows it.</summary>
    public static TenantDetails Read(CustomerTenant row) => new(row.Name, row.EntraTenantId.ToString(), row.Region)
    {
        Package = row.Package ?? "", Language = row.Language, OwnerName = row.OwnerName ?? "", OwnerMail = row.OwnerMail ?? "",
        ApplicationIds = row.ReadApplicationIds().ToDictionary(i => i.Key, i => $"{i.Value}", StringComparer.Ordinal),
    };

    /// <summary>The row as the audit records it. The owner is a person and must not be named in a chain.</summary>
    public static AuditData Facts(CustomerTenant row) => new()
    {
        ["name"] = row.Name, ["region"] = row.Region, ["package"] = row.Package, ["language"] = row.Language, ["applicationIds"] = row.ApplicationIdsJson,
    };

    /// <summary>Writes valid details to the row.</summary>
    public void Write(TenantDetails details, CustomerTenant row)
    {
        row.Name = details.Name.Trim();
        row.Region = regions.Find(details.Region)!.Key;
        row.Package = Filled(details.Package);
        row.Language = details.Language;
        row.OwnerName = Filled(details.OwnerName);
        row.OwnerMail = Filled(details.OwnerMail);
        row.WriteApplicationIds(
            details.ApplicationIds.Where(i => i.Value.Trim().Length > 0).ToDictionary(i => i.Key, i => Guid.Parse(i.Value.Trim()), StringComparer.Ordinal));
    }

    private static string? FindFaultyId(TenantDetails details, Region region)
    {
        var ids = region.ConsentApplications.ToDictionary(a => a.Key, a => a.ApplicationId, StringComparer.Ordinal);
        var given = details.ApplicationIds.Where(i => i.Value.Trim().Length > 0).ToList();
        var wrong = given.Find(i => !ids.ContainsKey(i.Key) || !Guid.TryParse(i.Value.Trim(), out var id) || id == Guid.Empty);
        if (wrong.Value is not null)
            return wrong.Value.Trim();

        foreach (var (key, id) in given)
            ids[key] = Guid.Parse(id.Trim());
        // Also the region's id of another application, the usual slip in copying. Two that are exchanged are two all the same.
        return given.Find(i => ids.Any(other => other.Key != i.Key && other.Value == ids[i.Key])).Value?.Trim();
    }

    private static bool IsMail(string text) =>
        text.Length <= Lengths.Mail && text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    private static string? Filled(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
