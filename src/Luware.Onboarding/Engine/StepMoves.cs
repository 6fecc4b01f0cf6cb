using System.Collections.Frozen;
using static Luware.Onboarding.Engine.StepStatus;

namespace Luware.Onboarding.Engine;

/// <summary>The legal moves of a step's status. To stay is always legal.</summary>
public static class StepMoves
{
    /// <summary>What a reading outside a run may find.</summary>
    private static readonly StepStatus[] Readings = [Ready, WaitingOnCustomer, Verified, VerifiedByHand, Skipped, Unknown];

    /// <summary>How an attempt within a run may end.</summary>
    private static readonly StepStatus[] Endings = [WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, VerifiedByHand, Skipped, Failed];

    private static readonly FrozenDictionary<StepStatus, StepStatus[]> Table = new Dictionary<StepStatus, StepStatus[]>
    {
        [NotStarted] = [.. Readings, Queued],
        [Ready] = [.. Readings, Queued],
        [Queued] = [.. Endings, Running, Ready, Unknown, ChangedSinceVerified],
        [Running] = [.. Endings, Queued, Ready, Unknown, ChangedSinceVerified],
        [WaitingOnCustomer] = [.. Endings, Queued, Running, Ready, Unknown, ChangedSinceVerified],
        [WaitingOnLuware] = [.. Endings, Queued, Running, Ready, Unknown, ChangedSinceVerified],
        [WaitingOnMicrosoft] = [.. Endings, Queued, Running, Ready, Unknown, ChangedSinceVerified],
        [Verified] = [.. Endings, ChangedSinceVerified, Unknown, Queued, Running],
        [ChangedSinceVerified] = [Verified, WaitingOnCustomer, Unknown, Queued, Ready, Skipped, VerifiedByHand],
        [VerifiedByHand] = [.. Readings, .. Endings, ChangedSinceVerified, Queued, Running],
        [Skipped] = [.. Readings, ChangedSinceVerified, Queued],
        [Failed] = [.. Readings, Queued, ChangedSinceVerified],
        [Unknown] = [.. Readings, Queued, ChangedSinceVerified],
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
