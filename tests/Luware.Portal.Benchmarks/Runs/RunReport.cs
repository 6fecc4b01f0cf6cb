using System.Globalization;
using Luware.Portal.Benchmarks.Teams;

namespace Luware.Portal.Benchmarks.Runs;

internal static class RunReport
{
    public static void Write(RunTimings alone, RunTimings crowd, TimeSpan took, MemoryLine memory)
    {
        Console.WriteLine($"""

            Onboarding runs in the whole portal, against the sandbox: sign-in, tokens, database, scheduler and {MeasuredPortal.WarmWorkers} warm workers are the real ones.
            World and portal share this process and its cores. A run goes from its approval to the safety gate, and a page follows each.

            """);
        Report.Head();
        Report.Add("one run alone", alone.FirstAction, alone.End);
        Report.Add($"{crowd.Count} tenants at once", crowd.FirstAction, crowd.End);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            All {crowd.Count} runs were done after {took.TotalSeconds:F1} s; the longest wait for a first action was {crowd.FirstAction.Longest / 1000:F1} s.
            Managed memory in MB, before and after each fifth of them: {string.Join(", ", memory.Megabytes.Select(m => m.ToString("F0", CultureInfo.InvariantCulture)))}.
            """));
    }
}
