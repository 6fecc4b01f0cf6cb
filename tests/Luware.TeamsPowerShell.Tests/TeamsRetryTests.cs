using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsRetryTests
{
    private static readonly WorkerLostException Lost = new("The worker ended (exit code 6).");

    private readonly HastyTime _time = new();
    private readonly List<TeamsOutput> _output = [];

    [Fact]
    public async Task Pauses_double_until_the_tries_are_used_up()
    {
        var tries = await TryAsync(retries: 4, random: () => 0.5);

        tries.ShouldBe(5);
        _time.Pauses.ShouldBe([Seconds(2), Seconds(4), Seconds(8), Seconds(16)]);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(0.5, 60)]
    [InlineData(0.75, 75)]
    public async Task Pauses_grow_up_to_a_minute_and_chance_parts_them_there_too(double random, double seconds)
    {
        await TryAsync(retries: 8, () => random);

        _time.Pauses.TakeLast(3).ShouldBe([Seconds(seconds), Seconds(seconds), Seconds(seconds)]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.5)]
    [InlineData(0.999, 2.998)]
    public async Task Chance_makes_a_pause_half_of_it_longer_or_shorter(double random, double seconds)
    {
        await TryAsync(retries: 1, () => random);

        _time.Pauses.ShouldHaveSingleItem().ShouldBe(Seconds(seconds));
    }

    [Fact]
    public async Task Two_that_failed_together_do_not_come_back_together()
    {
        var retry = new TeamsRetry(Options.Create(new TeamsWorkerOptions { Retries = 3 }), _time);

        await Should.ThrowAsync<WorkerLostException>(() => RunAsync(retry, () => throw Lost, _ => true));
        await Should.ThrowAsync<WorkerLostException>(() => RunAsync(retry, () => throw Lost, _ => true));

        _time.Pauses.Take(3).SequenceEqual(_time.Pauses.Skip(3)).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_pause_is_told_with_its_reason_without_tokens()
    {
        await TryAsync(retries: 2, random: () => 0.5, new WorkerLostException($"Bearer {TestPool.Token(Guid.NewGuid())} was sent."));

        _output.ShouldBe(
        [
            new(TeamsOutput.Retry, "Read the tenant: Bearer (token) was sent. Next try in 2 s (1 of 2)."),
            new(TeamsOutput.Retry, "Read the tenant: Bearer (token) was sent. Next try in 4 s (2 of 2)."),
        ]);
    }

    [Fact]
    public async Task What_may_not_be_repeated_is_not()
    {
        var refused = new CommandRefusedException("New-X", new TeamsError("PermissionDenied", "Forbidden", null, "Access Denied.", [], null));
        var tries = 0;

        await Should.ThrowAsync<CommandRefusedException>(
            () => RunAsync(Retry(4), () => tries++ >= 0 ? throw refused : 0, failure => failure is WorkerLostException));

        tries.ShouldBe(1);
        _time.Pauses.ShouldBeEmpty();
        _output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_else_than_a_failure_of_a_worker_is_repeated()
    {
        await Should.ThrowAsync<TimeZoneNotFoundException>(() => RunAsync(Retry(4), () => throw new TimeZoneNotFoundException(), _ => true));

        _time.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_try_that_goes_well_ends_it()
    {
        var tries = 0;

        (await RunAsync(Retry(4), () => ++tries < 3 ? throw Lost : tries, _ => true)).ShouldBe(3);

        _time.Pauses.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_waits_for_a_try_that_is_not_wanted_any_more()
    {
        using var cancel = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => new TeamsRetry(Options.Create(new TeamsWorkerOptions()), TimeProvider.System)
            .RunAsync<int>("", _ => throw Lost, _ => true, _ => cancel.Cancel(), cancel.Token));
    }

    /// <summary>Fails every time.</summary>
    /// <returns>How often it was tried.</returns>
    private async Task<int> TryAsync(int retries, Func<double> random, WorkerLostException? failure = null)
    {
        var tries = 0;
        await Should.ThrowAsync<WorkerLostException>(() => RunAsync(Retry(retries, random), () => tries++ >= 0 ? throw failure ?? Lost : 0, _ => true));
        return tries;
    }

    private Task<int> RunAsync(TeamsRetry retry, Func<int> attempt, Func<TeamsWorkerException, bool> mayRepeat) =>
        retry.RunAsync("Read the tenant", _ => Task.FromResult(attempt()), mayRepeat, _output.Add, CancellationToken.None);

    private TeamsRetry Retry(int retries, Func<double>? random = null) =>
        new(Options.Create(new TeamsWorkerOptions { Retries = retries }), _time, random ?? (() => 0.5));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
