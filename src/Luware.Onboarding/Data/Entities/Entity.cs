namespace Luware.Onboarding.Data.Entities;

/// <summary>A row with an id that its creator assigns and a version that detects concurrent writes.</summary>
public abstract class Entity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Raised by the context at every change; SQLite has no concurrency token of its own.</summary>
    public int Version { get; internal set; }
}

/// <summary>A row that belongs to one customer tenant and is visible only to that tenant's queries.</summary>
public interface ITenantRow
{
    Guid TenantId { get; }
}

/// <inheritdoc cref="ITenantRow"/>
public abstract class TenantEntity : Entity, ITenantRow
{
    public required Guid TenantId { get; init; }
}
