using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Portal.Benchmarks.Teams;
using Microsoft.Data.Sqlite;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>
/// Measures how fast the cockpit is with very many tenants, compared with the same queries written by hand, and how much memory its file needs.
/// </summary>
internal static class CockpitBenchmark
{
    private const int Warmups = 100, Rounds = 100, Exported = 100_000;

    /// <summary>Time for warming up and for measuring; slow queries run less often.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Warm-up until the runtime has finished compiling shared code, so that neither side pays for a process that has just started.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>Numbers of tenants to measure, one after the other.</summary>
    public static readonly IReadOnlyList<int> Usual = [Exported, 1_000_000];

    /// <summary>A PostgreSQL server on which the portal is measured too; null if there is none.</summary>
    private static readonly string? Server = Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES");

    public static async Task RunAsync(IReadOnlyList<int> counts, CancellationToken cancellationToken)
    {
        foreach (var tenants in counts)
        {
            var folder = Directory.CreateTempSubdirectory("cockpit-");
            try
            {
                await RunAsync(tenants, Path.Combine(folder.FullName, "portal.db"), cancellationToken);
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task RunAsync(int tenants, string file, CancellationToken cancellationToken)
    {
        var (connection, clock) = ($"Data Source={file}", Stopwatch.StartNew());
        await using var portal = await MeasuredCockpit.CreateAsync(DatabaseProvider.Sqlite, connection, () =>
        {
            ManyTenants.Write(connection, tenants);
            return Task.CompletedTask;
        }, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {tenants:N0} tenants in SQLite ({new FileInfo(file).Length / 1048576} MB, written in {clock.Elapsed.TotalSeconds:F0} s), {Rounds} rounds, in ms

            | question | portal, median | p95 | by hand, median | p95 | times |
            |---|---|---|---|---|---|
            """));
        var hand = new ByHand(connection, portal.Nina);
        var questions = Question.All(tenants);
        await SettleAsync(questions, async question =>
        {
            await portal.Cockpit.ReadAsync(portal.Nina, question.View, cancellationToken);
            await hand.AskAsync(question, cancellationToken);
        });
        foreach (var question in questions)
            await MeasureAsync(portal, hand, question, cancellationToken);
        await FiltersBenchmark.RunAsync(portal, hand, cancellationToken);
        if (tenants == Exported)
            await ExportAsync(portal, cancellationToken);
        if (Server is not null)
            await MeasureServerAsync(Server, connection, questions, cancellationToken);
    }

    private static async Task MeasureServerAsync(string server, string file, IReadOnlyList<Question> questions, CancellationToken cancellationToken)
    {
        await using var tenants = new TenantsOnServer(server);
        await tenants.CreateAsync(cancellationToken);
        await using var portal = await MeasuredCockpit.CreateAsync(
            DatabaseProvider.PostgreSql, tenants.ConnectionString, () => tenants.CopyAsync(file, cancellationToken), cancellationToken);
        await SettleAsync(questions, question => portal.Cockpit.ReadAsync(portal.Nina, question.View, cancellationToken));
        Console.WriteLine("""

            The same tenants in PostgreSQL on the same machine, in ms

            | question | portal, median | p95 |
            |---|---|---|
            """);
        foreach (var question in questions)
        {
            var took = new Timings("portal");
            for (var (round, clock) = (0, Stopwatch.StartNew()); round < Rounds && (round < 5 || clock.Elapsed < Longest); round++)
                took.Add((await TimeAsync(() => portal.Cockpit.ReadAsync(portal.Nina, question.View, cancellationToken))).Took);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {question.Name} | {took.Median:F2} | {took.P95:F2} |"));
        }
    }

    private static async Task SettleAsync(IReadOnlyList<Question> questions, Func<Question, Task> ask)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Settling;)
        {
            foreach (var question in questions.TakeWhile(_ => clock.Elapsed < Settling))
                await ask(question);
        }
    }

    private static async Task MeasureAsync(MeasuredCockpit measured, ByHand hand, Question question, CancellationToken cancellationToken)
    {
        var (portal, byHand) = (new Timings("portal"), new Timings("by hand"));
        var clock = Stopwatch.StartNew();
        for (var round = -Warmups; round < Rounds; round++)
        {
            if (clock.Elapsed > Longest && round is < 0 or > 4)
            {
                if (round > 0)
                    break;
                round = 0;
            }

            if (round == 0)
                clock.Restart();
            var ((mine, one), (theirs, other)) = await Turns.AskAsync(
                round,
                () => TimeAsync(() => measured.Cockpit.ReadAsync(measured.Nina, question.View, cancellationToken)),
                () => TimeAsync(() => hand.AskAsync(question, cancellationToken)));
            // Every column once; afterwards, that the same rows are read is enough.
            if (mine.Total != theirs.Total || mine.Rows.Count == 0 || !mine.Rows.Select(r => r.Id).SequenceEqual(theirs.Rows.Select(r => r.Id))
                || (round == -Warmups && JsonSerializer.Serialize(mine.Rows) != JsonSerializer.Serialize(theirs.Rows)))
            {
                throw new InvalidOperationException(
                    $"{question.Name}: the portal found {mine.Rows.Count} of {mine.Total} rows, "
                    + $"the query by hand {theirs.Rows.Count} of {theirs.Total}, or others.");
            }
            if (round < 0)
                continue;
            portal.Add(one);
            byHand.Add(other);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {question.Name} | {portal.Median:F2} | {portal.P95:F2} | {byHand.Median:F2} | {byHand.P95:F2} | {portal.Median / byHand.Median:F2} |"));
    }

    private static async Task ExportAsync(MeasuredCockpit measured, CancellationToken cancellationToken)
    {
        var output = new CountedStream();
        await measured.Csv.WriteAsync(
            measured.Cockpit.ExportAsync(measured.Nina, new CockpitView { Search = "4711" }, cancellationToken), closed: false, output,
            cancellationToken);
        using var peak = new PeakMemory();
        var took = await TimeAsync(() => measured.Csv.WriteAsync(
            measured.Cockpit.ExportAsync(measured.Nina, new CockpitView(), cancellationToken), closed: false, output, cancellationToken));
        var (heap, set) = peak.End();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            CSV of {Exported:N0} rows: {output.Length / 1048576.0:F1} MB in {took.TotalSeconds:F1} s; at most {heap:F1} MB of managed memory and {set:F1} MB of the process's more than before.
            """));
    }

    private static async Task<(T Answer, TimeSpan Took)> TimeAsync<T>(Func<Task<T>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await ask();
        return (answer, Stopwatch.GetElapsedTime(started));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started);
    }
}
