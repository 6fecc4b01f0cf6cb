using System.Collections.Frozen;
using static Luware.Onboarding.Engine.StepStatus;

namespace Luware.Onboarding.Engine;

/// <summary>The legal moves of a step's status. To stay is always legal.</summary>
public static class StepMoves
{
    /// <summary>What a reading outside a run may find.</summary>
    private static readonly StepStatus[] Readings = [Ready, WaitingOnCustomer, Verified, VerifiedByHand, Skipped, Unknown];

    /// <summary>
    /// What a run may say of a step, from wherever readings of others have left it meanwhile: it also reads the steps that its own rest on, and
    /// pages go on reading all of them.
    /// </summary>
    private static readonly StepStatus[] InRun = [Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, VerifiedByHand, Skipped, Failed];

    private static readonly StepStatus[] All = [.. Readings, .. InRun, ChangedSinceVerified];

    private static readonly FrozenDictionary<StepStatus, StepStatus[]> Table = new Dictionary<StepStatus, StepStatus[]>
    {
        // What was never verified cannot have changed since.
        [NotStarted] = [.. Readings, .. InRun],
        [Ready] = [.. Readings, .. InRun],
        [Queued] = All,
        [Running] = All,
        [WaitingOnCustomer] = All,
        [WaitingOnLuware] = All,
        [WaitingOnMicrosoft] = All,
        // Less than was there is a change, not a step that is ready.
        [Verified] = [.. InRun, ChangedSinceVerified, Unknown],
        [ChangedSinceVerified] = [.. Readings, .. InRun],
        [VerifiedByHand] = All,
        [Skipped] = All,
        // A run takes it up no more until somebody has queued it again.
        [Failed] = [.. Readings, Queued, ChangedSinceVerified],
        [Unknown] = All,
    }.ToFrozenDictionary();

    public static bool IsLegal(StepStatus from, StepStatus to) => from == to || Table[from].Contains(to);

    /// <summary>Read back, or answered for by a person.</summary>
    public static bool IsVerified(this StepStatus status) => status is Verified or VerifiedByHand;

    /// <summary>Nothing is left to do about it: verified, or the customer goes without.</summary>
    public static bool IsFinished(this StepStatus status) => status.IsVerified() || status == Skipped;

    public static void Require(StepStatus from, StepStatus to)
    {
        if (!IsLegal(from, to))
            throw new InvalidOperationException($"A step cannot go from {from} to {to}.");
    }
}
