using Luware.Onboarding.Tenants.Cockpit;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

public sealed class SharedReadingTests
{
    private readonly List<TaskCompletionSource<int>> begun = [];
    private readonly SharedReading<int> reading;

    public SharedReadingTests() => reading = new SharedReading<int>(() =>
    {
        lock (begun)
        {
            var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            begun.Add(source);
            return source.Task;
        }
    });

    private int Begun
    {
        get
        {
            lock (begun)
                return begun.Count;
        }
    }

    [Fact]
    public async Task All_who_ask_while_one_goes_on_share_the_next_and_never_get_the_one_that_began_before_they_asked()
    {
        var first = reading.ReadAsync(default);
        await UntilBegunAsync(1);
        var (second, third) = (reading.ReadAsync(default), reading.ReadAsync(default));
        Begun.ShouldBe(1, "one at a time");

        begun[0].SetResult(1);
        (await first).ShouldBe(1);
        await UntilBegunAsync(2);
        var fourth = reading.ReadAsync(default);
        begun[1].SetResult(2);

        (await second, await third).ShouldBe((2, 2));
        await UntilBegunAsync(3);
        begun[2].SetResult(3);
        (await fourth).ShouldBe(3, "the second had begun before they asked");
        Begun.ShouldBe(3);
    }

    [Fact]
    public async Task Who_asks_when_nobody_reads_begins_at_once()
    {
        for (var i = 1; i <= 3; i++)
        {
            var asked = reading.ReadAsync(default);
            await UntilBegunAsync(i);
            begun[i - 1].SetResult(i);
            (await asked).ShouldBe(i);
        }
    }

    [Fact]
    public async Task A_failure_is_said_to_all_who_waited_for_it_and_to_nobody_after()
    {
        var first = reading.ReadAsync(default);
        await UntilBegunAsync(1);
        var (second, third) = (reading.ReadAsync(default), reading.ReadAsync(default));
        begun[0].SetException(new TimeoutException("first"));
        (await Should.ThrowAsync<TimeoutException>(() => first)).Message.ShouldBe("first");
        await UntilBegunAsync(2);
        begun[1].SetException(new TimeoutException("second"));

        foreach (var asked in new[] { second, third })
            (await Should.ThrowAsync<TimeoutException>(() => asked)).Message.ShouldBe("second");
        var last = reading.ReadAsync(default);
        await UntilBegunAsync(3);
        begun[2].SetResult(3);
        (await last).ShouldBe(3);
    }

    [Fact]
    public async Task Who_goes_takes_the_answer_from_nobody_else()
    {
        using var leaves = new CancellationTokenSource();
        var first = reading.ReadAsync(leaves.Token);
        await UntilBegunAsync(1);
        var gone = reading.ReadAsync(leaves.Token);
        var stays = reading.ReadAsync(default);

        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        begun[0].SetResult(1);
        await UntilBegunAsync(2);
        begun[1].SetResult(2);

        (await stays).ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_has_changed_something_reads_it_however_many_ask()
    {
        var value = 0;
        var fast = new SharedReading<int>(async () =>
        {
            var read = Volatile.Read(ref value);
            await Task.Yield();
            return read;
        });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var mine = Interlocked.Increment(ref value);
                (await fast.ReadAsync(default)).ShouldBeGreaterThanOrEqualTo(mine);
            }
        })));
    }

    private Task UntilBegunAsync(int count) => Until.TrueAsync(() => Begun >= count, $"{count} readings have begun");
}
