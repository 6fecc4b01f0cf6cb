namespace Luware.Onboarding.Data.Entities;

/// <summary>A customer of Luware whose tenant is being onboarded.</summary>
public sealed class CustomerTenant : Entity
{
    public required Guid EntraTenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>Key of a configured region: MTCH, MTDE.</summary>
    public required string Region { get; set; }

    /// <summary>Luware's recorders answer for this tenant: the first half of the safety gate.</summary>
    public bool Ready { get; set; }

    public string? ReadyBy { get; set; }

    public DateTimeOffset? ReadyAt { get; set; }

    /// <summary>The run that was started last. Whoever starts one writes here, so two who start at once cannot miss each other.</summary>
    public Guid? CurrentRunId { get; set; }
}
