using System.Globalization;
using Luware.Portal.Benchmarks.Cockpit;
using Luware.Portal.Benchmarks.Pages;
using Luware.Portal.Benchmarks.Pages.Servers;
using Luware.Portal.Benchmarks.Runs;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.World;

switch (args)
{
    case ["teams"]:
        await TeamsBenchmark.RunAsync(CancellationToken.None);
        await RunBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case ["cockpit", .. var counts]:
        await CockpitBenchmark.RunAsync(counts.Length > 0 ? [.. counts.Select(Number)] : CockpitBenchmark.Usual, CancellationToken.None);
        return 0;
    case ["pages"]:
        await PagesBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case ["memory", .. var circuits]:
        await PagesBenchmark.RunMemoryAsync(circuits is [var count] ? Number(count) : PagesBenchmark.FewCircuits, CancellationToken.None);
        return 0;
    case ["start"]:
        await PagesBenchmark.RunStartAsync(CancellationToken.None);
        return 0;
    case ["redirect"]:
        await PagesBenchmark.RunRedirectAsync(CancellationToken.None);
        return 0;
    case [PlainServer.EmptyCommand, var port]:
        await PlainServer.RunEmptyAsync(Number(port));
        return 0;
    case [PlainServer.GridCommand, var port]:
        await PlainServer.RunGridAsync(Number(port));
        return 0;
    case [PortalServer.Command, var port, var world, var data, var customers]:
        await PortalServer.RunAsync(Number(port), new Uri(world), data, Number(customers));
        return 0;
    case [SlowWorker.Command]:
        await Task.Delay(SlowWorker.Import);
        return AppDomain.CurrentDomain.ExecuteAssembly(typeof(SandboxWorld).Assembly.Location, ["worker"]);
    default:
        await Console.Error.WriteLineAsync(
            "dotnet run -c Release --project tests/Luware.Portal.Benchmarks -- teams|pages|start|redirect|memory [circuits]|cockpit [tenants]");
        return 1;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
