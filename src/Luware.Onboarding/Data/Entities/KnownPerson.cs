namespace Luware.Onboarding.Data.Entities;

/// <summary>The name behind an object id in a tenant's audit. It can be erased; the chain goes on without it.</summary>
public sealed class KnownPerson : TenantEntity
{
    public required Guid ObjectId { get; init; }

    /// <summary>The Entra tenant in which that is their id.</summary>
    public required Guid EntraTenantId { get; init; }

    public required string Name { get; set; }

    public required string UserPrincipalName { get; set; }
}
