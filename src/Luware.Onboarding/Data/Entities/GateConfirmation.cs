namespace Luware.Onboarding.Data.Entities;

/// <summary>Somebody typed how many people an action can stop from calling, and so let it pass the safety gate of its run.</summary>
public sealed class GateConfirmation : TenantEntity
{
    public required Guid RunId { get; init; }

    public required string Step { get; init; }

    public required string ActionKey { get; init; }

    public required int People { get; init; }

    public required Guid ConfirmedBy { get; init; }

    public required DateTimeOffset ConfirmedAt { get; init; }
}
