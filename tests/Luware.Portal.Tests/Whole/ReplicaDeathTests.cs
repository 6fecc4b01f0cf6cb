using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Browser;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.Portal.Tests.Whole.Matrix;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Luware.Portal.Tests.Whole;

/// <summary>
/// Three portal processes on one PostgreSQL, killed in turn while runs are in progress. A fourth, in the test's own process, serves the people: it shows and
/// accepts decisions, and carries nothing out.
/// </summary>
public sealed class ReplicaDeathTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int Kills = 6;

    private static readonly Undone[] Open = [Undone.Groups, Undone.Policies, Undone.Grants, Undone.Instances, Undone.Policies, Undone.Grants];

    private static readonly string[] Makers =
    [
        "PATCH /groups", "New-CsOnlineApplicationInstance", "New-CsTeamsComplianceRecordingPolicy",
        "New-CsTeamsComplianceRecordingApplication", "New-CsGroupPolicyAssignment",
    ];

    [Fact]
    public async Task Whichever_portal_dies_each_run_ends_once_and_makes_everything_once()
    {
        await using var own = await OwnDatabase.CreateEmptyAsync(DatabaseProvider.PostgreSql);
        await using var world = await azurite.StartWorldAsync([.. Open.Select(undone => new Prepared(undone))]);
        foreach (var maker in Makers)
            world.Faults.Delay(maker, TimeSpan.FromMilliseconds(700), TimeSpan.FromMilliseconds(700));
        await using var front = await RunningPortal.StartAsync(
            world, _ => { },
            [.. own.Settings, new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "None"), new("RateLimits:AnonymousPerMinute", "10000")],
            [.. world.Tenants.Prepared.Select(t => SandboxCustomer.Of(t, "MTCH"))]);
        await (await front.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).Standby();
        var data = Directory.CreateTempSubdirectory("portal-replicas-").FullName;
        await using var first = new PortalProcess(world, Path.Combine(data, "1"), own.Settings);
        await using var second = new PortalProcess(world, Path.Combine(data, "2"), own.Settings);
        await using var third = new PortalProcess(world, Path.Combine(data, "3"), own.Settings);
        List<PortalProcess> portals = [first, second, third];
        await Task.WhenAll(portals.Select(p => p.StartAsync(TestContext.Current.CancellationToken)));

        var scenes = world.Tenants.Prepared.Select((tenant, i) => new Scene(world, tenant, Row.All.First(r => r.Undone == Open[i]))).ToList();
        var runs = Task.WhenAll(scenes.Select(scene => RunAsync(front, scene)));
        var kills = await KillInTurnAsync(portals, runs);
        var ends = await runs;

        var doubles = scenes.Sum(s => s.Tenant.Writes.Where(w => Makers.Contains(w.What)).GroupBy(w => (w.What, w.Target)).Count(g => g.Count() > 1))
            + ends.Count(e => e.Times > 1);
        var lost = scenes.Count(s => !s.Row.IsThere(s)) + ends.Count(e => e.State != RunState.Done || e.Times == 0);
        output.WriteLine($"measured: replicas: {ends.Length} runs, {kills} kills of {portals.Count} portals, {doubles} doubles, {lost} lost");
        (doubles, lost).ShouldBe((0, 0), string.Join("; ", ends.Select(e => $"{e.State} {e.Times}")));
        kills.ShouldBeGreaterThanOrEqualTo(portals.Count, "each portal was to die while runs went on");
        await Task.WhenAll(portals.Select(p => p.KillAsync()));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<(RunState State, int Times)> RunAsync(RunningPortal front, Scene scene)
    {
        using var run = new MatrixRun(front, scene);
        await run.SignInAsync();
        await run.ApproveAsync();
        var view = await run.UntilEndedAsync();
        await using var db = await front.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        return (view.Run!.State, await db.Journal.CountAsync(e => e.RunId == view.Run.Id && e.Kind == JournalKind.RunEnded));
    }

    /// <summary>Kills one after the other while the others continue; each has restarted before it is killed again.</summary>
    private async Task<int> KillInTurnAsync(List<PortalProcess> portals, Task runs)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = 0;
        var starts = portals.ConvertAll(_ => Task.CompletedTask);
        while (kills < Kills && !runs.IsCompleted)
        {
            // The only wait that is not for a condition, because the moment of the kill is random.
            await Task.Delay(random.Next(500, 2_500), TestContext.Current.CancellationToken);
            var next = kills++ % portals.Count;
            await starts[next];
            await portals[next].KillAsync();
            starts[next] = portals[next].StartAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(starts);
        return kills;
    }
}
