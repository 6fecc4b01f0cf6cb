using System.Diagnostics;
using System.Net.Http.Json;
using Luware.Portal.Sandbox.World;
using Luware.TeamsPowerShell;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>Compares the ways of running Teams commands, with real worker processes against a world of this process.</summary>
internal sealed class TeamsBenchmark(SandboxWorld world, CancellationToken cancellationToken)
{
    private const int DirectCommands = 400;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);
    private static readonly TeamsCommand Command = new("Get-CsTenant", [], ["TenantId", "DisplayName"]);

    private readonly Customer _customer = new(world);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions(), cancellationToken);
        await new TeamsBenchmark(world, cancellationToken).CompareAsync();
    }

    private async Task CompareAsync()
    {
        Report.Begin(Longest);
        var ways = await MeasureAsync(Way.WithoutPowerShell);
        var inPowerShell = InstalledPowerShell.Program is { } program ? await MeasureAsync(Way.InPowerShell(program)) : null;
        var direct = await MeasureDirectAsync();
        Report.Add("no worker", direct);
        Report.End(cold: ways[0], slow: ways[1], pool: ways[^1], direct);
        if (inPowerShell is null)
            Report.Without(InstalledPowerShell.Missing);
        else
            Report.EndPowerShell(cold: inPowerShell[0], pool: inPowerShell[^1], direct);
    }

    private async Task<List<WayTimings>> MeasureAsync(IEnumerable<Way> ways)
    {
        List<WayTimings> measured = [];
        foreach (var way in ways)
        {
            measured.Add(await MeasureAsync(way));
            Report.Add(way.Name, measured[^1].All);
        }
        return measured;
    }

    private async Task<WayTimings> MeasureAsync(Way way)
    {
        await using var pool = await BenchmarkPool.StartAsync(world.Address, way, cancellationToken);
        if (!way.Settings.Any())
            await RoundAsync(pool, way, new WayTimings());
        var timings = new WayTimings();
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < way.Rounds && Stopwatch.GetElapsedTime(began) < Longest; round++)
            await RoundAsync(pool, way, timings);
        return timings;
    }

    private async Task RoundAsync(BenchmarkPool pool, Way way, WayTimings timings)
    {
        await pool.WaitForWarmAsync(way.Warm, cancellationToken);
        var tokens = Task.FromResult(_customer.Tokens());
        var asked = Stopwatch.GetTimestamp();
        await using (var lease = await pool.Pool.LeaseAsync(new TeamsLeaseRequest(_customer.TenantId, _ => tokens), cancellationToken))
        {
            timings.ConnectSent.Add(pool.ConnectSentAfter);
            timings.Connected.Add(Stopwatch.GetElapsedTime(asked));
            await lease.InvokeAsync(Command, cancellationToken);
            timings.FirstResult.Add(Stopwatch.GetElapsedTime(asked));
            for (var command = 0; command < way.Commands; command++)
            {
                var sent = Stopwatch.GetTimestamp();
                await lease.InvokeAsync(Command, cancellationToken);
                timings.Command.Add(Stopwatch.GetElapsedTime(sent));
            }
        }
        if (way.Commands == 0)
            timings.Command.Add(Stopwatch.GetElapsedTime(asked));
    }

    private async Task<Timings> MeasureDirectAsync()
    {
        var timings = new Timings("one command round trip");
        using var client = await _customer.ConnectAsync(cancellationToken);
        for (var command = 0; command < DirectCommands; command++)
        {
            var sent = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsJsonAsync($"/teams/cmdlets/{Command.Name}", new { parameters = new { } }, cancellationToken);
            await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
            timings.Add(Stopwatch.GetElapsedTime(sent));
        }
        return timings;
    }
}
