using System.Collections.Frozen;
using static Luware.Onboarding.Engine.StepStatus;

namespace Luware.Onboarding.Engine;

/// <summary>The legal moves of a step's status. Keeping the status is always legal.</summary>
public static class StepMoves
{
    /// <summary>What a reading outside a run may find.</summary>
    private static readonly StepStatus[] Readings = [Ready, WaitingOnCustomer, WaitingOnLuware, Verified, VerifiedByHand, Skipped, Unknown];

    /// <summary>
    /// The status that a run may give a step, whatever status it finds: pages keep reading all steps meanwhile, and a run also reads the
    /// dependencies of its own steps.
    /// </summary>
    private static readonly StepStatus[] InRun =
        [Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, VerifiedByHand, Skipped, Failed];

    private static readonly StepStatus[] All = [.. Readings, .. InRun, ChangedSinceVerified];

    private static readonly FrozenDictionary<StepStatus, StepStatus[]> Table = new Dictionary<StepStatus, StepStatus[]>
    {
        // A step that was never verified cannot have changed since.
        [NotStarted] = [.. Readings, .. InRun],
        [Ready] = All,
        [Queued] = All,
        [Running] = All,
        [WaitingOnCustomer] = All,
        [WaitingOnLuware] = All,
        [WaitingOnMicrosoft] = All,
        [Verified] = All,
        [ChangedSinceVerified] = All,
        [VerifiedByHand] = All,
        [Skipped] = All,
        // A run does not touch the step until somebody has queued it again.
        [Failed] = [.. Readings, Queued, ChangedSinceVerified],
        [Unknown] = All,
    }.ToFrozenDictionary();

    public static bool IsLegal(StepStatus from, StepStatus to) => from == to || Table[from].Contains(to);

    /// <summary>True when the step was read back or a person vouched for it.</summary>
    public static bool IsVerified(this StepStatus status) => status is Verified or VerifiedByHand;

    /// <summary>True when nothing is left to do: verified, or skipped by the customer.</summary>
    public static bool IsFinished(this StepStatus status) => status.IsVerified() || status == Skipped;

    public static void Require(StepStatus from, StepStatus to)
    {
        if (!IsLegal(from, to))
            throw new InvalidOperationException($"A step cannot go from {from} to {to}.");
    }
}
