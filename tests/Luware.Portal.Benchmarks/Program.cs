using Luware.Portal.Benchmarks.Cockpit;
using Luware.Portal.Benchmarks.Runs;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.World;

switch (args)
{
    case ["teams"]:
        await TeamsBenchmark.RunAsync(CancellationToken.None);
        await RunBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case ["cockpit"]:
        await CockpitBenchmark.RunAsync(CancellationToken.None);
        return 0;
    case [SlowWorker.Command]:
        await Task.Delay(SlowWorker.Import);
        return AppDomain.CurrentDomain.ExecuteAssembly(typeof(SandboxWorld).Assembly.Location, ["worker"]);
    default:
        await Console.Error.WriteLineAsync("dotnet run -c Release --project tests/Luware.Portal.Benchmarks -- teams|cockpit");
        return 1;
}
