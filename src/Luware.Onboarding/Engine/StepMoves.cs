using static Luware.Onboarding.Engine.StepStatus;

namespace Luware.Onboarding.Engine;

/// <summary>The legal moves of a step's status. Keeping the status is always legal.</summary>
public static class StepMoves
{
    public static bool IsLegal(StepStatus from, StepStatus to) => from == to || (from, to) switch
    {
        (_, NotStarted) => false,
        // A step that was never verified cannot have changed since.
        (NotStarted, ChangedSinceVerified) => false,
        // A run does not touch the step until somebody has queued it again.
        (Failed, Running or WaitingOnMicrosoft) => false,
        // Whatever the status: pages keep reading all steps while a run is on its way, and a run also reads the dependencies of its own steps.
        _ => true,
    };

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
