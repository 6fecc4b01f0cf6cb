using System.Globalization;
using Luware.Portal.Benchmarks.Teams;

namespace Luware.Portal.Benchmarks.Pages;

/// <summary>The measurements of one page.</summary>
internal sealed class PageFigures
{
    /// <summary>The time from the start of the process until its first page is answered.</summary>
    public Timings Start { get; } = new("start");

    /// <summary>The processor time until then, which depends less on other load than the elapsed time.</summary>
    public Timings Processor { get; } = new("processor");

    public Timings Ready { get; } = new("ready");

    /// <summary>From a click until its handler is done.</summary>
    public Timings Clicks { get; } = new("clicks");

    /// <summary>Milliseconds for which garbage collection paused the server while people clicked.</summary>
    public double Paused { get; set; }

    /// <summary>KiB of live heap.</summary>
    public double PerCircuit { get; set; }

    /// <summary>Megabytes of live heap before people come and after they have left.</summary>
    public double Before { get; set; }

    public double After { get; set; }
}

/// <summary>The table in the format of the document.</summary>
internal sealed class PagesReport
{
    public required int Circuits { get; init; }

    public PageFigures Empty { get; } = new();

    public PageFigures Grid { get; } = new();

    public PageFigures Plan { get; } = new();

    /// <summary>Requests per second, by round.</summary>
    public List<double> Bare { get; } = [];

    public List<double> Landing { get; } = [];

    public void Write()
    {
        WriteHead($"; servers and people share them. {Circuits} circuits, {PagesBenchmark.Clickers} people clicking once in five seconds");
        StartRows();
        MemoryRows();
        Row("click to handler done, p50 ms", f => f.Clicks.Median, "");
        Row("click to handler done, p95 ms", f => f.Clicks.P95, "< 10");
        Row("click to handler done, p99 ms", f => f.Clicks.P99, "");
        Row("stopped by the collector meanwhile, ms", f => f.Paused, "");
        WriteRedirect();
    }

    public void WriteRedirect() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

        Consent redirect, median of {Bare.Count} rounds: {Median(Landing):F0} requests a second; a bare endpoint with a single insert: {Median(Bare):F0}; {Median([.. Landing.Zip(Bare, (l, b) => l / b)]):F2} times (aim: at least 0.7).
        """));

    public void WriteStart()
    {
        WriteHead("");
        StartRows();
    }

    public void WriteMemory()
    {
        WriteHead($". {Circuits} circuits");
        MemoryRows();
    }

    private static void WriteHead(string how) => Console.WriteLine($"""

        {Environment.ProcessorCount} cores, {DateTimeOffset.Now:yyyy-MM-dd}{how}.

        | | empty page | page with a grid | plan page | aim |
        |---|---|---|---|---|
        """);

    private void StartRows()
    {
        Row("start to first page, ms (median)", f => f.Start.Median, $"≤ {1.5 * Grid.Start.Median:F0}");
        Row("processor time until then, ms (median)", f => f.Processor.Median, $"≤ {1.5 * Grid.Processor.Median:F0}");
        Row("start to ready, ms (median)", f => f.Ready.Median, "");
    }

    private void MemoryRows()
    {
        Row("live heap per circuit, KiB", f => f.PerCircuit, $"≤ {Grid.PerCircuit:F0}");
        Row("live heap before people come, MB", f => f.Before, "");
        Row("live heap after they have left, MB", f => f.After, "as before");
    }

    private static double Median(List<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);

    private void Row(string what, Func<PageFigures, double> value, string aim) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {value(Empty):F1} | {value(Grid):F1} | {value(Plan):F1} | {aim} |"));
}
