using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>The two tables of legal moves, written out a second time: a change of one is a decision about the other.</summary>
public sealed class MovesTests
{
    [Theory]
    [InlineData(StepStatus.NotStarted, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.Ready, "Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.Queued, "Ready, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.Running, "Ready, Queued, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.WaitingOnCustomer, "Ready, Queued, Running, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.WaitingOnLuware, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.WaitingOnMicrosoft, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.Verified, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, ChangedSinceVerified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.ChangedSinceVerified, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, VerifiedByHand, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.VerifiedByHand, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, Skipped, Failed, Unknown")]
    [InlineData(StepStatus.Skipped, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Failed, Unknown")]
    [InlineData(StepStatus.Failed, "Ready, Queued, WaitingOnCustomer, WaitingOnLuware, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Unknown")]
    [InlineData(StepStatus.Unknown, "Ready, Queued, Running, WaitingOnCustomer, WaitingOnLuware, WaitingOnMicrosoft, Verified, ChangedSinceVerified, VerifiedByHand, Skipped, Failed")]
    public void A_step_may_go(StepStatus from, string to) =>
        string.Join(", ", Enum.GetValues<StepStatus>().Where(s => s != from && StepMoves.IsLegal(from, s))).ShouldBe(to);

    [Fact]
    public void A_step_may_always_stay() =>
        Enum.GetValues<StepStatus>().ShouldAllBe(s => StepMoves.IsLegal(s, s));

    [Fact]
    public void An_illegal_move_of_a_step_is_refused() =>
        Should.Throw<InvalidOperationException>(() => StepMoves.Require(StepStatus.Failed, StepStatus.Running));

    [Theory]
    [InlineData(RunState.Queued, "Running, Replaced")]
    [InlineData(RunState.Running, "Running, Waiting, Done, Failed, Replaced")]
    [InlineData(RunState.Waiting, "Running, Replaced")]
    [InlineData(RunState.Done, "")]
    [InlineData(RunState.Failed, "")]
    [InlineData(RunState.Replaced, "")]
    public void A_run_may_go(RunState from, string to) =>
        string.Join(", ", Enum.GetValues<RunState>().Where(s => RunMoves.IsLegal(from, s))).ShouldBe(to);

    [Fact]
    public void An_illegal_move_of_a_run_is_refused() =>
        Should.Throw<InvalidOperationException>(() => RunMoves.Require(RunState.Done, RunState.Running));
}
