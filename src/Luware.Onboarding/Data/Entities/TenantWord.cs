namespace Luware.Onboarding.Data.Entities;

/// <summary>A word from a tenant's name, domain or Entra id; the tenant is found by its prefixes.</summary>
public sealed class TenantWord : ITenantRow
{
    public required Guid TenantId { get; init; }

    /// <summary>The word in lower case without diacritics.</summary>
    public required string Text { get; init; }

    /// <summary>The tenant's sort name, so that tenants with a word are found in the order of their names.</summary>
    public required string NameKey { get; set; }
}
