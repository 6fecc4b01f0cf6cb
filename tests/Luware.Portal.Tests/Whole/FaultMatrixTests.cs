using Luware.Onboarding.Steps;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.Portal.Tests.Whole.Matrix;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Whole;

/// <summary>
/// Every step under every fault that can affect it, through the sandbox. Each cell has its own tenant that is onboarded except for the step; all share one
/// world and one portal. Nothing may be lost, duplicated, or reported as done before it is.
/// </summary>
public sealed class FaultMatrixTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const int AtOnce = 8;

    [Fact]
    public async Task No_fault_loses_doubles_or_claims_anything()
    {
        var cells = Cell.All.Select((cell, index) => (cell, index)).ToList();
        await using var world = await azurite.StartWorldAsync([.. Cell.All.Select(c => new Prepared(c.Row.Undone, c.Row.Is2N))]);
        SandboxCustomer[] customers = [.. world.Tenants.Prepared.Select(t => SandboxCustomer.Of(t, t.CountryCode == "DE" ? "MTDE" : "MTCH"))];
        await using var wired = await RunningPortal.StartAsync(
            world, services => services.AddSingleton<ITeamsWorkerPool>(new WirePool(world.Address)), Settings, customers);
        await using var whole = await RunningPortal.StartAsync(world, _ => { }, Settings, customers);
        var verdicts = new Verdict[cells.Count];

        await Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (entry, _) =>
            verdicts[entry.index] = await TryAsync(
                entry.cell, entry.cell.Fault.IsOfProcesses ? whole : wired, new Scene(world, world.Tenants.Prepared[entry.index], entry.cell.Row)));

        output.WriteLine($"measured: fault matrix: {verdicts.Length} cells tried, "
            + $"{cells.Count(c => c.cell.Fault.IsOfProcesses)} of them with real worker processes, {verdicts.Count(v => v.IsLost)} lost, "
            + $"{verdicts.Count(v => v.Doubled.Count > 0)} doubled, {verdicts.Count(v => v.WasCalledDoneWrongly)} called done wrongly");
        verdicts.Where(v => !v.IsGood).Select(v => v.ToString()).ShouldBeEmpty();
        world.Faults.TokensGivenAway.ShouldBe(0, "A link to another host was followed with a token.");
    }

    [Fact]
    public void Every_cell_is_tried_or_says_why_there_is_nothing_to_try()
    {
        var senseless = Row.All.SelectMany(row => Fault.All.Select(fault => fault.WhyNot(row))).OfType<string>().ToList();

        Cell.All.Count.ShouldBe(111, "A cell that is tried no more must not go unseen.");
        foreach (var (why, count) in senseless.CountBy(why => why))
            output.WriteLine($"not tried: {count} × {why}");
        Fault.All.Where(fault => Row.All.All(row => fault.WhyNot(row) is not null)).ShouldBeEmpty("A fault that no step can meet is none.");
    }

    /// <summary>The catalogue is given every step.</summary>
    [Fact]
    public void Every_step_has_a_row()
    {
        var steps = typeof(StepCatalog).GetConstructors().Single().GetParameters().Select(p => p.ParameterType);

        Row.All.Select(r => r.Step).Distinct(StringComparer.Ordinal)
            .ShouldBe(steps.Select(s => (string?)s.GetField("StepName")?.GetRawConstantValue()), ignoreOrder: true);
    }

    private static async Task<Verdict> TryAsync(Cell cell, RunningPortal portal, Scene scene)
    {
        try
        {
            return await cell.TryAsync(portal, scene);
        }
        catch (Exception e) when (e is TimeoutException or ShouldAssertException or InvalidOperationException)
        {
            return new Verdict(cell, !cell.Row.IsThere(scene), [], WasCalledDoneWrongly: false, e.Message);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Logging:LogLevel:Default", "None"),
        new("Engine:FirstPoll", "00:00:00.200"),
        new("Engine:LastPoll", "00:00:00.600"),
        new("Engine:QuickRetryDelay", "00:00:00.020"),
        new("Engine:ParallelRuns", $"{AtOnce}"),
        new("Graph:Retries", "1"),
        new("Azure:Retries", "1"),
        new("Teams:WarmWorkers", "0"),
        new("RateLimits:AnonymousPerMinute", "100000"),
    ];
}
