using System.Diagnostics;
using System.Globalization;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Portal.Benchmarks.Teams;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>Measures the cockpit's filters for one page, and for many open pages at one change. By hand, each page queries for itself.</summary>
internal static class FiltersBenchmark
{
    private const int OpenPages = 50, Warmups = 20, Rounds = 50;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(MeasuredCockpit cockpit, ByHand hand, CancellationToken cancellationToken)
    {
        await MeasureAsync(cockpit, hand, "filters", pages: 1, cancellationToken);
        await MeasureAsync(cockpit, hand, $"filters, {OpenPages} pages at one change", OpenPages, cancellationToken);
    }

    private static async Task MeasureAsync(MeasuredCockpit cockpit, ByHand hand, string name, int pages, CancellationToken cancellationToken)
    {
        var (portal, byHand) = (new Timings("portal"), new Timings("by hand"));
        var clock = Stopwatch.StartNew();
        for (var round = -Warmups; round < Rounds && (round < 5 || clock.Elapsed < Longest); round++)
        {
            var ((mine, one), (theirs, other)) = await Turns.AskAsync(
                round,
                () => TimeAsync(pages, () => cockpit.Cockpit.ReadFiltersAsync(cockpit.Nina, cancellationToken)),
                () => TimeAsync(pages, () => hand.AskFiltersAsync(cancellationToken)));
            // Compared apart, because a record compares its list by reference.
            if (mine with { Owners = theirs.Owners } != theirs || !mine.Owners.SequenceEqual(theirs.Owners, StringComparer.Ordinal))
                throw new InvalidOperationException($"The portal found {mine}, the queries by hand {theirs}.");
            if (round < 0)
                continue;
            portal.Add(one);
            byHand.Add(other);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {portal.Median:F2} | {portal.P95:F2} | {byHand.Median:F2} | {byHand.P95:F2} | {portal.Median / byHand.Median:F2} |"));
    }

    private static async Task<(CockpitFilters Answer, TimeSpan Took)> TimeAsync(int pages, Func<Task<CockpitFilters>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, pages).Select(_ => Task.Run(ask)));
        return (answers[0], Stopwatch.GetElapsedTime(started));
    }
}
