namespace Luware.Onboarding.Data.Entities;

/// <summary>A state value that went out with a consent link; only its hash is stored.</summary>
public sealed class ConsentStateRow : Entity
{
    public required byte[] Hash { get; init; }

    public required Guid EntraTenantId { get; init; }

    public required Guid ApplicationId { get; init; }

    /// <summary>For the record; nothing relies on it.</summary>
    public required Guid IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}
