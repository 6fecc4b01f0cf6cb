namespace Luware.Onboarding.Data.Entities;

/// <summary>What the customer chose for one step.</summary>
public sealed class StepChoice : TenantEntity
{
    public required string Step { get; init; }

    /// <summary>The step's own choices record as JSON.</summary>
    public required string Json { get; set; }

    public required DateTimeOffset ChosenAt { get; set; }

    public required Guid ChosenBy { get; set; }
}
