using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Data.Entities;

/// <summary>Where one step of one tenant stands, and its latest reading.</summary>
public sealed class StepRecord : TenantEntity
{
    public required string Step { get; init; }

    public StepStatus Status { get; private set; } = StepStatus.NotStarted;

    /// <summary>What it waits for, as a stored sentence.</summary>
    public string? DetailJson { get; private set; }

    /// <summary>The latest reading; null before the first.</summary>
    public string? PlanJson { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Of the choices that the reading was made with: another digest now means that it is out of date.</summary>
    public string? ChoicesDigest { get; set; }

    /// <summary>When a reading last found nothing left to do; kept when the world drifts away, cleared when the step is taken back or skipped.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>Of the region's data with which it was found so.</summary>
    public string? RegionDigest { get; set; }

    /// <exception cref="InvalidOperationException">The move is not one of <see cref="StepMoves"/>.</exception>
    public void Move(StepStatus to, string? detailJson)
    {
        StepMoves.Require(Status, to);
        Status = to;
        DetailJson = detailJson;
    }
}
