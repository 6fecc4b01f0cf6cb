using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A service that is busy or never answers is asked again, never too often, and never to write twice.</summary>
public sealed class BusyServiceTests
{
    [Fact]
    public async Task A_busy_service_is_asked_again_at_once_and_then_waited_for()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnRead = _ =>
        {
            if (++calls is > 1 and < 6)
                throw new TransientException("busy");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        calls.ShouldBeGreaterThanOrEqualTo(6);
        view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.Busy");
    }

    [Fact]
    public async Task A_busy_service_that_says_to_come_back_at_once_is_asked_ever_more_rarely()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnRead = _ =>
        {
            if (++calls > 1)
                throw new TransientException("busy", TimeSpan.Zero);
        };
        await using var portal = await EngineHost.StartAsync(
            world, settings: [("Engine:FirstPoll", "00:00:00.020"), ("Engine:LastPoll", "00:00:02"), ("Engine:QuickRetries", "0")]);

        await portal.ApproveAsync();

        await portal.UntilAsync(
            v => v.Run is { State: RunState.Waiting, Waits: [{ NextReading: { } next } wait] } && next - wait.Since > TimeSpan.FromMilliseconds(500));
        // As often as at first, it would have been asked 25 times.
        calls.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task A_busy_service_is_left_alone_for_as_long_as_it_asks()
    {
        var world = new FakeWorld();
        world.First.OnApply = (_, _, _) => throw new TransientException("busy", TimeSpan.FromHours(1));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var wait = (await portal.UntilHeldAsync("first", "Engine.Busy")).Run!.Waits.Single(w => w.Step == "first");

        (wait.NextReading - wait.Since).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_write_that_found_the_service_busy_is_not_repeated_before_the_world_was_read_again()
    {
        var world = new FakeWorld();
        var calls = new List<string>();
        world.First.OnRead = _ => calls.Add("read");
        world.First.OnApply = (_, wanted, _) =>
        {
            calls.Add("write");
            world.First.Made[wanted.Key] = true;
            throw new TransientException("busy, and yet it was done");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);

        calls.Count(c => c == "write").ShouldBe(1);
        calls[^1].ShouldBe("read");
    }

    [Fact]
    public async Task A_call_that_never_returns_is_given_up()
    {
        var world = new FakeWorld();
        var calls = 0;
        world.First.OnApply = async (_, _, cancellationToken) =>
        {
            if (calls++ == 0)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        };
        await using var portal = await EngineHost.StartAsync(world, settings: ("Engine:ActionLimit", "00:00:00.100"));

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        view.Run!.Transcript.Select(l => l.Text.Key).ShouldContain("Engine.NoAnswer");
    }
}
