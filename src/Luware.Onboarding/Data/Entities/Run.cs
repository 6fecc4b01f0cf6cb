using System.Linq.Expressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Data.Entities;

/// <summary>One execution of an approved plan. The row is authoritative; a Quartz trigger only wakes it.</summary>
public sealed class Run : TenantEntity
{
    public required RunKind Kind { get; init; }

    /// <summary>The step that is taken back; null for a run over all steps.</summary>
    public string? Step { get; init; }

    public RunState State { get; private set; } = RunState.Queued;

    public required DateTimeOffset ApprovedAt { get; init; }

    /// <summary>The approver as a sentence argument.</summary>
    public required string ApprovedBy { get; init; }

    /// <summary>Digest of the approved plan, so that a second click does not start a second run; empty for taking back.</summary>
    public required string PlanDigest { get; init; }

    /// <summary>The sign-in whose delegated rights the run uses: the approver's, or that of the person who resumed it.</summary>
    public required TenantAccess Access { get; set; }

    /// <summary>The approved plans, one per step. For taking back one step, the plans of the run that made it, if there is one.</summary>
    public required string PlanJson { get; init; }

    /// <summary>The approved choices and later ones that the approval covers; for taking back, the choices with which the step was made.</summary>
    public required string ChoicesJson { get; set; }

    /// <summary>The waits that hold its steps.</summary>
    public required string WaitsJson { get; set; }

    /// <summary>How many times a job has taken it up.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the run is to be taken up: at once when new; null while it runs, has ended, or waits for an event alone.</summary>
    public required DateTimeOffset? WakeAt { get; set; }

    /// <summary>When an action was last begun. Written with each, so that replacing the run and acting for it collide.</summary>
    public DateTimeOffset? ActedAt { get; private set; }

    /// <summary>True when something happened while a job was working on the run, which then makes another pass before it waits.</summary>
    public bool Nudged { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Runs that have not ended: a tenant has one at most.</summary>
    public static readonly Expression<Func<Run, bool>> Active =
        run => run.State == RunState.Queued || run.State == RunState.Running || run.State == RunState.Waiting;

    public bool IsActive => State.IsActive();

    public void Begin()
    {
        Move(RunState.Running);
        Attempts++;
        WakeAt = null;
        Nudged = false;
    }

    /// <param name="wakeAt">When to look again without any event.</param>
    public void Wait(DateTimeOffset? wakeAt, DateTimeOffset now)
    {
        Move(RunState.Waiting);
        WakeAt = Nudged ? now : wakeAt;
        Nudged = false;
    }

    public void Act(DateTimeOffset now) => ActedAt = now;

    /// <summary>Asks for another pass now.</summary>
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
