using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>What gateways say besides their answers, from the gateway to the page.</summary>
public sealed class CommentaryTests
{
    [Fact]
    public async Task Tries_again_and_warnings_stand_in_the_transcript_with_their_action()
    {
        var world = new FakeWorld();
        world.First.WhileApplied = said =>
        {
            said.Add("retry", "Service is too busy. Next try in 2 s (1 of 4).");
            said.Add("warning", "a warning\nof two lines");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        var lines = view.Run!.Transcript.Where(l => l.Raw is not null).ToList();
        lines.ShouldHaveSingleItem().Raw.ShouldBe("retry: Service is too busy. Next try in 2 s (1 of 4).\nwarning: a warning of two lines");
        lines[0].ShouldSatisfyAllConditions(l => l.Step.ShouldBe("first"), l => l.Text.Key.ShouldBe("Engine.Accepted"));
    }

    [Fact]
    public async Task They_stand_before_the_answer_of_a_refusal()
    {
        var world = new FakeWorld();
        world.First.WhileApplied = said => said.Add("warning", "beware");
        world.First.OnApply = (_, _, _) => throw new RefusedException("no", new RemoteAnswer("Teams", "Code", "Category", "no", CorrelationId: null));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.ApproveAsync();
        var view = await portal.UntilAsync(v => v.Run?.State == RunState.Waiting);

        view.Run!.Transcript.ShouldContain(l => l.Raw == "warning: beware\nTeams: no\nCode Category");
    }

    [Fact]
    public async Task The_place_in_the_queue_is_shown_while_it_lasts()
    {
        var world = new FakeWorld();
        var free = new TaskCompletionSource();
        world.First.WhileRead = async said =>
        {
            said.MoveInQueue(3);
            said.MoveInQueue(2);
            await free.Task;
            said.MoveInQueue(0);
        };
        await using var portal = await EngineHost.StartAsync(world);
        var planned = portal.Engine.PlanAsync(portal.Admin, null, default);

        await portal.UntilAsync(v => v.QueuePosition == 2);
        free.SetResult();
        await planned;

        await portal.UntilAsync(v => v.QueuePosition is null);
    }

    [Fact]
    public async Task A_reading_that_is_given_up_in_the_queue_leaves_no_place_behind()
    {
        var world = new FakeWorld();
        world.First.WhileRead = said =>
        {
            said.MoveInQueue(1);
            throw new TransientException("No worker.");
        };
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await portal.Engine.ReadAsync(portal.Admin, default)).ShouldNotBeNull().QueuePosition.ShouldBeNull();
    }

    [Fact]
    public void A_chatty_module_is_cut_to_its_latest_lines()
    {
        var said = new Commentary();
        for (var i = 1; i <= 100; i++)
            said.Add("progress", $"{i} {new string('x', 1000)}");

        var lines = said.Take().ShouldNotBeNull().Split('\n');

        lines.Length.ShouldBe(41);
        lines[0].ShouldBe("… (+60)");
        lines[^1].ShouldStartWith("progress: 100 x");
        lines.ShouldAllBe(l => l.Length <= 301);
        said.Take().ShouldBeNull();
    }
}
