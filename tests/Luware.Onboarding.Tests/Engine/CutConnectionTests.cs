using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A real server cuts its connections while a run is at work and a page follows it.</summary>
public sealed class CutConnectionTests
{
    private readonly FakeWorld world = new();
    private Task back = Task.CompletedTask;

    public CutConnectionTests() => world.First.Wanted.AddRange(Enumerable.Range(1, 4).Select(i => new FakeObject($"object-{i}")));

    [Fact]
    public async Task Connections_that_are_cut_in_the_middle_of_every_action_and_reading_cost_a_run_nothing()
    {
        await using var own = await OwnDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var cuts = 0;
        world.First.OnApply = async (_, _, _) =>
        {
            cuts += await own.CutAsync();
            return null;
        };
        world.Second.OnRead = _ => cuts += own.CutAsync().GetAwaiter().GetResult();

        await RunAsync(own.Settings);

        cuts.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_an_action_and_comes_back_loses_and_doubles_nothing()
    {
        await using var server = await OwnServer.StartAsync();
        var kills = 0;
        world.First.OnApply = async (_, _, _) =>
        {
            if (++kills == 2)
            {
                await server.StopAsync();
                back = server.StartAgainAsync();
            }

            return null;
        };

        await RunAsync(server.Settings);

        await back;
    }

    private async Task RunAsync(IReadOnlyDictionary<string, string?> server)
    {
        await using var portal = await EngineHost.StartAsync(world, server);
        await portal.ApproveAsync();

        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBeUnique();
        world.Applied.Count.ShouldBe(7);
        view.Run!.Transcript.Count(l => l.Text.Key == "Engine.RunDone").ShouldBe(1);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await db.Journal.AcrossTenants().CountAsync(e => e.Kind == JournalKind.RunEnded, TestContext.Current.CancellationToken)).ShouldBe(1);
    }
}
