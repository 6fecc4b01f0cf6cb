using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Data.Entities;

/// <summary>The status of one step of one tenant, and its latest reading.</summary>
public sealed class StepRecord : TenantEntity
{
    public required string Step { get; init; }

    public StepStatus Status { get; private set; } = StepStatus.NotStarted;

    /// <summary>What it waits for, as a stored sentence.</summary>
    public string? DetailJson { get; private set; }

    /// <summary>The latest reading; null before the first.</summary>
    public string? PlanJson { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Digest of the choices that the reading was made with. If the current choices have another digest, the reading is out of date.</summary>
    public string? ChoicesDigest { get; set; }

    /// <summary>When a reading last found nothing left to do. Kept if the tenant changes later; cleared if the step is taken back or skipped.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Digest of the region's data at that reading.</summary>
    public string? RegionDigest { get; set; }

    /// <exception cref="InvalidOperationException">The move is not one of <see cref="StepMoves"/>.</exception>
    public void Move(StepStatus to, string? detailJson)
    {
        StepMoves.Require(Status, to);
        Status = to;
        DetailJson = detailJson;
    }
}
