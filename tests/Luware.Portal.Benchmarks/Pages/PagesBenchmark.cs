using System.Diagnostics;
using System.Net.Http.Json;
using Luware.Portal.Benchmarks.Pages.Circuits;
using Luware.Portal.Benchmarks.Pages.Servers;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Benchmarks.Pages;

/// <summary>Compares the plan page with an empty page and a page with one grid (start, memory, clicks), and the consent redirect with a bare insert.</summary>
internal sealed class PagesBenchmark(SandboxWorld world, DirectoryInfo data, CancellationToken cancellationToken)
{
    public const int Circuits = 1000;
    public const int Clickers = 500;
    public const int FewCircuits = 300;

    private const int Starts = 5;
    private const int Customers = 50;
    private const int Unmeasured = 30;
    private const int ClicksEach = 6;
    private const int RedirectRounds = 5;
    private const int Requests = 2000;
    private const int RequestsAtOnce = 16;
    private static readonly TimeSpan ClickEvery = TimeSpan.FromSeconds(5);

    public static Task RunAsync(CancellationToken cancellationToken) => RunAsync(benchmark => benchmark.MeasureAsync(), cancellationToken);

    /// <summary>Measures only the start.</summary>
    public static Task RunStartAsync(CancellationToken cancellationToken) => RunAsync(benchmark => benchmark.MeasureStartAsync(), cancellationToken);

    /// <summary>Measures only the heap, quickly.</summary>
    public static Task RunMemoryAsync(int circuits, CancellationToken cancellationToken) =>
        RunAsync(benchmark => benchmark.MeasureMemoryAsync(circuits), cancellationToken);

    /// <summary>Measures only the consent redirect.</summary>
    public static Task RunRedirectAsync(CancellationToken cancellationToken) => RunAsync(benchmark => benchmark.MeasureRedirectAsync(), cancellationToken);

    private static async Task RunAsync(Func<PagesBenchmark, Task> measure, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pages-");
        try
        {
            await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Crowd = Customers }, cancellationToken);
            await measure(new PagesBenchmark(world, data, cancellationToken));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync()
    {
        var report = new PagesReport { Circuits = Circuits };
        foreach (var (page, figures) in Pages(report))
        {
            await StartAsync(page, figures);
            await OpenAsync(page, figures, Circuits, clicks: true);
        }
        await MeasureRedirectAsync(report);
        report.Write();
    }

    // Alternating, so that other load on the machine affects both.
    private async Task MeasureRedirectAsync(PagesReport report)
    {
        for (var i = 0; i < RedirectRounds; i++)
        {
            report.Bare.Add(await RequestsAsync(MeasuredServer.Start(PlainServer.EmptyCommand), PlainServer.Insert, BareStatesAsync));
            report.Landing.Add(await RequestsAsync(StartPortal(Customers), "/consent/landing", PortalStatesAsync));
        }
    }

    private async Task MeasureRedirectAsync()
    {
        var report = new PagesReport { Circuits = 0 };
        await MeasureRedirectAsync(report);
        report.WriteRedirect();
    }

    private async Task MeasureStartAsync()
    {
        var report = new PagesReport { Circuits = 0 };
        foreach (var (page, figures) in Pages(report))
            await StartAsync(page, figures);
        report.WriteStart();
    }

    private async Task MeasureMemoryAsync(int circuits)
    {
        var report = new PagesReport { Circuits = circuits };
        foreach (var (page, figures) in Pages(report))
            await OpenAsync(page, figures, circuits, clicks: false);
        report.WriteMemory();
    }

    private IEnumerable<(Page Page, PageFigures Figures)> Pages(PagesReport report) =>
    [
        (new Page(_ => MeasuredServer.Start(PlainServer.EmptyCommand), "/empty", "/empty", "Click", NobodyAsync), report.Empty),
        (new Page(_ => MeasuredServer.Start(PlainServer.GridCommand), "/grid", "/grid", "Click", NobodyAsync), report.Grid),
        (new Page(StartPortal, "/", "/onboarding?show=plan", "All ", SignInAsync), report.Plan),
    ];

    private MeasuredServer StartPortal(int customers) =>
        MeasuredServer.Start(PortalServer.Command, world.Address.AbsoluteUri, data.FullName, $"{customers}");

    private async Task StartAsync(Page page, PageFigures figures)
    {
        // The first start creates the database and is not measured.
        for (var i = 0; i <= Starts; i++)
        {
            await using var server = page.Start(0);
            var first = await server.AnswersAsync(page.First, cancellationToken);
            var processor = server.ProcessorTime;
            var ready = await server.AnswersAsync(PlainServer.Ready, cancellationToken);
            if (i == 0)
                continue;
            figures.Start.Add(first);
            figures.Processor.Add(processor);
            figures.Ready.Add(ready);
        }
    }

    private async Task OpenAsync(Page page, PageFigures figures, int circuits, bool clicks)
    {
        await using var server = page.Start(Customers);
        await server.AnswersAsync(PlainServer.Ready, cancellationToken);
        var cookies = await page.SignIn(server);
        var address = new Uri(server.Address, page.Path);
        await using (var few = new People(server.Client, address, cookies, page.Target))
        {
            await few.OpenAsync(Unmeasured, cancellationToken);
            await few.ClickAsync(Unmeasured, TimeSpan.FromSeconds(1), 3, new Timings("unmeasured"), cancellationToken);
        }

        var before = await server.CollectAsync(cancellationToken);
        await using (var people = new People(server.Client, address, cookies, page.Target))
        {
            await people.OpenAsync(circuits, cancellationToken);
            var open = await server.CollectAsync(cancellationToken);
            figures.PerCircuit = (open.Bytes - before.Bytes) / 1024.0 / circuits;
            if (clicks)
            {
                await people.ClickAsync(Clickers, ClickEvery, ClicksEach, figures.Clicks, cancellationToken);
                figures.Paused = (await server.CollectAsync(cancellationToken)).Paused - open.Paused;
            }
        }

        figures.Before = before.Bytes / 1e6;
        figures.After = (await server.CollectAsync(cancellationToken)).Bytes / 1e6;
    }

    /// <returns>Requests per second, each with its own state.</returns>
    private async Task<double> RequestsAsync(MeasuredServer server, string path, Func<MeasuredServer, Task<IReadOnlyList<string>>> prepare)
    {
        await using (server)
        {
            await server.AnswersAsync(PlainServer.Ready, cancellationToken);
            var states = await prepare(server);
            await SendAsync(server, path, states.Take(states.Count / 4));
            var began = Stopwatch.GetTimestamp();
            var measured = states.Skip(states.Count / 4).ToList();
            await SendAsync(server, path, measured);
            return measured.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private Task SendAsync(MeasuredServer server, string path, IEnumerable<string> states)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(states, options, async (state, token) =>
        {
            using var answer = await server.Client.GetAsync(new Uri(server.Address, $"{path}?state={state}&admin_consent=True"), token);
            if ((int)answer.StatusCode != StatusCodes.Status302Found)
                throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
        });
    }

    private static Task<IReadOnlyList<string>> NobodyAsync(MeasuredServer server) => Task.FromResult<IReadOnlyList<string>>([]);

    private async Task<IReadOnlyList<string>> SignInAsync(MeasuredServer server)
    {
        await SandboxPortal.AnnounceAsync(world.Address, server.Address, cancellationToken);
        List<string> cookies = [];
        for (var tenant = 0; tenant < Customers; tenant++)
        {
            var address = new Uri(server.Address, $"{PortalServer.SignIn}?tenant={tenant}");
            using var answer = await server.Client.PostAsync(address, content: null, cancellationToken);
            answer.EnsureSuccessStatusCode();
            cookies.Add(await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        return cookies;
    }

    private async Task<IReadOnlyList<string>> PortalStatesAsync(MeasuredServer server)
    {
        using var answer = await server.Client.PostAsync(new Uri(server.Address, $"{PortalServer.States}?count={Requests}"), content: null, cancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<string>>(cancellationToken))!;
    }

    private async Task<IReadOnlyList<string>> BareStatesAsync(MeasuredServer server)
    {
        using var answer = await server.Client.PostAsync(new Uri(server.Address, "/prepare"), content: null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return [.. Enumerable.Range(0, Requests).Select(_ => $"{Guid.NewGuid():N}")];
    }

    /// <param name="Start">Starts the server with this many customers in its database.</param>
    /// <param name="First">The address of the first request.</param>
    /// <param name="Target">The beginning of the text that people click.</param>
    private sealed record Page(
        Func<int, MeasuredServer> Start, string First, string Path, string Target, Func<MeasuredServer, Task<IReadOnlyList<string>>> SignIn);
}
