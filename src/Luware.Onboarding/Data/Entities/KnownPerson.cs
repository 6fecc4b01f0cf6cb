namespace Luware.Onboarding.Data.Entities;

/// <summary>The name behind an object id, here and nowhere else. It can be erased: the row stays without it, so that this can be said.</summary>
public sealed class KnownPerson : TenantEntity
{
    public required Guid ObjectId { get; init; }

    /// <summary>The Entra tenant in which that is their id.</summary>
    public required Guid EntraTenantId { get; init; }

    /// <summary>Empty once it was erased.</summary>
    public required string Name { get; set; }

    public required string UserPrincipalName { get; set; }

    public void Erase() => (Name, UserPrincipalName) = ("", "");
}
