using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Tenants;

/// <summary>Luware's own people.</summary>
public sealed class StaffOptions : ISettings
{
    public static string Section => "Staff";

    /// <summary>
    /// Luware's own Entra tenant. Without it there are no specialists, because any tenant can assign the portal's app roles to its own people.
    /// </summary>
    public string? TenantId { get; set; }

    public Guid? Tenant => Guid.TryParse(TenantId, out var id) && id != Guid.Empty ? id : null;

    public IEnumerable<string> Faults()
    {
        if (!string.IsNullOrWhiteSpace(TenantId) && Tenant is null)
        {
            yield return $"{Section}:{nameof(TenantId)} is \"{TenantId}\". "
                + "Set it to the id of Luware's own Entra tenant, or leave it away to have no specialists.";
        }
    }
}
