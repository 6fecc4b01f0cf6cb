namespace Luware.Onboarding.Data.Entities;

/// <summary>A confirmation at the safety gate: somebody typed how many people's calls an action of a run can stop.</summary>
public sealed class GateConfirmation : TenantEntity
{
    public required Guid RunId { get; init; }

    public required string Step { get; init; }

    public required string ActionKey { get; init; }

    public required int People { get; init; }

    public required Guid ConfirmedBy { get; init; }

    public required DateTimeOffset ConfirmedAt { get; init; }
}
