using Luware.Onboarding.Data;

namespace Luware.Onboarding.Tests.Data;

public sealed class PeriodicServiceTests
{
    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task A_round_that_fails_or_is_cancelled_by_itself_is_told_and_the_next_one_follows(Type failure)
    {
        var reached = new TaskCompletionSource();
        using var rounds = new Rounds(round =>
        {
            if (round < 3)
                throw (Exception)Activator.CreateInstance(failure)!;
            reached.TrySetResult();
        });

        await rounds.StartAsync(default);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await rounds.StopAsync(default);

        rounds.Failures.Select(f => f.GetType()).ShouldBe([failure, failure]);
    }

    [Fact]
    public async Task A_round_that_the_stop_cancels_is_no_failure()
    {
        var entered = new TaskCompletionSource();
        using var rounds = new Rounds(_ => entered.TrySetResult(), Timeout.InfiniteTimeSpan);
        await rounds.StartAsync(default);
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await rounds.StopAsync(default);

        rounds.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue("the host would report an exception as a failure");
        rounds.Failures.ShouldBeEmpty();
    }

    private sealed class Rounds(Action<int> round, TimeSpan takes = default) : PeriodicService(TimeProvider.System)
    {
        private int count;

        public List<Exception> Failures { get; } = [];

        public override async Task RunOnceAsync(CancellationToken cancellationToken)
        {
            round(++count);
            await Task.Delay(takes, cancellationToken);
        }

        protected override TimeSpan Every => TimeSpan.FromMilliseconds(1);

        protected override void Failed(Exception exception) => Failures.Add(exception);
    }
}
