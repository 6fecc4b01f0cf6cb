namespace Luware.Onboarding.Data.Entities;

/// <summary>A word by whose beginning a tenant is found: of its name, its domain, its Entra id.</summary>
public sealed class TenantWord : ITenantRow
{
    public required Guid TenantId { get; init; }

    /// <summary>In small letters without marks.</summary>
    public required string Text { get; init; }

    /// <summary>The tenant's name as it is sorted, so that those who have a word are found in their order.</summary>
    public required string NameKey { get; set; }
}
