namespace Luware.Onboarding.Data.Entities;

/// <summary>The name behind an object id, stored nowhere else. It can be erased; the row then stays without the name, so that pages can say so.</summary>
public sealed class KnownPerson : TenantEntity
{
    public required Guid ObjectId { get; init; }

    /// <summary>The Entra tenant of the object id.</summary>
    public required Guid EntraTenantId { get; init; }

    /// <summary>The name; empty once it was erased.</summary>
    public required string Name { get; set; }

    public required string UserPrincipalName { get; set; }

    public void Erase() => (Name, UserPrincipalName) = ("", "");
}
