using System.Linq.Expressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Data.Entities;

/// <summary>An approved plan on its way to being so. The row is the truth; a Quartz trigger only wakes it.</summary>
public sealed class Run : TenantEntity
{
    public required RunKind Kind { get; init; }

    /// <summary>The step that is taken back; null for a run over all steps.</summary>
    public string? Step { get; init; }

    public RunState State { get; private set; } = RunState.Queued;

    public required DateTimeOffset ApprovedAt { get; init; }

    /// <summary>As a sentence's argument.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>Of the approved plan, so that a second click is not a second run; empty for taking back.</summary>
    public required string PlanDigest { get; init; }

    /// <summary>Whose delegated rights the run uses: the approver's, or those of the colleague who resumed it.</summary>
    public required TenantAccess Access { get; set; }

    /// <summary>The plans that were approved, one per step. For taking back, which plans for itself: those of the run that made it, if one did.</summary>
    public required string PlanJson { get; init; }

    /// <summary>The choices that were approved, with what was chosen since and asks for nothing more; for taking back, those with which it was made.</summary>
    public required string ChoicesJson { get; set; }

    /// <summary>Who holds which step.</summary>
    public required string WaitsJson { get; set; }

    /// <summary>How often a job took it up.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it wants to be taken up: at once when new; null while it runs, has ended, or waits for an event alone.</summary>
    public required DateTimeOffset? WakeAt { get; set; }

    /// <summary>When an action was begun last. Written with each, so that replacing the run and acting for it cannot cross.</summary>
    public DateTimeOffset? ActedAt { get; private set; }

    /// <summary>Something happened while a job had it: it looks once more before it waits.</summary>
    public bool Nudged { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Not at an end: a run in one of these states keeps its tenant's others from starting.</summary>
    public static readonly Expression<Func<Run, bool>> Active =
        run => run.State == RunState.Queued || run.State == RunState.Running || run.State == RunState.Waiting;

    public bool IsActive => State is RunState.Queued or RunState.Running or RunState.Waiting;

    public void Begin()
    {
        Move(RunState.Running);
        Attempts++;
        WakeAt = null;
        Nudged = false;
    }

    /// <param name="wakeAt">When to look again although nobody called.</param>
    public void Wait(DateTimeOffset? wakeAt, DateTimeOffset now)
    {
        Move(RunState.Waiting);
        WakeAt = Nudged ? now : wakeAt;
        Nudged = false;
    }

    /// <returns>False where the run is no longer this pass's to act for.</returns>
    public bool Act(DateTimeOffset now)
    {
        if (State != RunState.Running)
            return false;
        ActedAt = now;
        return true;
    }

    /// <summary>Asks for another look now.</summary>
    public void Nudge(DateTimeOffset now)
    {
        if (State == RunState.Running)
            Nudged = true;
        else if (IsActive)
            WakeAt = now;
    }

    public void End(RunState state, DateTimeOffset now)
    {
        Move(state);
        WakeAt = null;
        EndedAt = now;
    }

    private void Move(RunState to)
    {
        RunMoves.Require(State, to);
        State = to;
    }
}
