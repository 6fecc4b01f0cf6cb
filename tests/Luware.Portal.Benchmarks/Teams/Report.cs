using System.Globalization;

namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The table, and how to read it.</summary>
internal static class Report
{
    public static void Begin(TimeSpan longest)
    {
        Console.WriteLine($"""
            Teams commands in worker processes, against the sandbox. {Environment.ProcessorCount} cores, {DateTimeOffset.Now:yyyy-MM-dd HH:mm}.
            Stopwatch rounds, one after the other, one unmeasured before each way's first (except with the simulated import); at most {longest.TotalSeconds} s for each way.
            One command is Get-CsTenant. With a process per command, its round trip is a whole life: start, connect, proof, answer, kill.
            The worker passes commands on over HTTP; the last line sends the same command without a worker, so the difference is what the protocol costs.

            """);
        Head();
    }

    public static void Head() => Console.WriteLine($"{"way",-44}{"from ... to",-42}{"median ms",10}{"p95 ms",10}{"longest",10}{"count",7}");

    public static void Add(string way, params IEnumerable<Timings> rows)
    {
        foreach (var row in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{way,-44}{row.Name,-42}{row.Median,10:F1}{row.P95,10:F1}{row.Longest,10:F1}{row.Count,7}"));
        }
    }

    public static void End(WayTimings cold, WayTimings slow, WayTimings pool, Timings direct) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

        The warm pool has the first result {cold.FirstResult.Median / pool.FirstResult.Median:F0} times sooner than a cold process, {slow.FirstResult.Median / pool.FirstResult.Median:F0} times with the simulated import.
        The protocol costs {pool.Command.Median - direct.Median:F1} ms per command (medians).
        """));

    public static void EndPowerShell(WayTimings cold, WayTimings pool, Timings direct) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
        In PowerShell, with a module that is imported in no time: {cold.FirstResult.Median / pool.FirstResult.Median:F0} times sooner; {pool.Command.Median - direct.Median:F1} ms per command, the cmdlet's own share included.
        """));

    public static void Without(string reason) => Console.WriteLine($"Nothing was measured in PowerShell. {reason}");
}
