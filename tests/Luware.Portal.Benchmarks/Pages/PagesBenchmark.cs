using System.Diagnostics;
using System.Net.Http.Json;
using Luware.Portal.Benchmarks.Pages.Circuits;
using Luware.Portal.Benchmarks.Pages.Servers;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Benchmarks.Pages;

/// <summary>The plan page beside an empty page and beside a page with one grid: start, memory, clicks; and the consent redirect beside a bare insert.</summary>
internal sealed class PagesBenchmark(SandboxWorld world, DirectoryInfo data, CancellationToken cancellationToken)
{
    public const int Circuits = 1000;
    public const int Clickers = 500;

    private const int Starts = 5;
    private const int Customers = 50;
    private const int Unmeasured = 30;
    private const int ClicksEach = 6;
    private const int Requests = 2000;
    private const int RequestsAtOnce = 16;
    private static readonly TimeSpan ClickEvery = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("pages-");
        try
        {
            await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Crowd = Customers }, cancellationToken);
            await new PagesBenchmark(world, data, cancellationToken).MeasureAsync();
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private async Task MeasureAsync()
    {
        var report = new PagesReport
        {
            Empty = await PageAsync(() => MeasuredServer.Start(PlainServer.EmptyCommand), "/empty", "/empty", "Click", NobodyAsync),
            Grid = await PageAsync(() => MeasuredServer.Start(PlainServer.GridCommand), "/grid", "/grid", "Click", NobodyAsync),
            Plan = await PageAsync(StartPortal, "/", "/onboarding?show=plan", "All ", SignInAsync),
            Bare = await RequestsAsync(MeasuredServer.Start(PlainServer.EmptyCommand), PlainServer.Insert, BareStatesAsync),
            Landing = await RequestsAsync(StartPortal(), "/consent/landing", PortalStatesAsync),
        };
        report.Write();
    }

    private MeasuredServer StartPortal() =>
        MeasuredServer.Start(PortalServer.Command, world.Address.AbsoluteUri, data.FullName, $"{Customers}");

    private async Task<PageFigures> PageAsync(Func<MeasuredServer> start, string first, string path, string target, Func<MeasuredServer, Task<IReadOnlyList<string>>> signIn)
    {
        var figures = new PageFigures();
        // The first start is not measured: it makes the database.
        for (var i = 0; i <= Starts; i++)
        {
            await using var started = start();
            var (page, ready) = (await started.AnswersAsync(first, cancellationToken), await started.AnswersAsync(PlainServer.Ready, cancellationToken));
            if (i == 0)
                continue;
            figures.Start.Add(page);
            figures.Ready.Add(ready);
        }

        await using var server = start();
        await server.AnswersAsync(PlainServer.Ready, cancellationToken);
        var cookies = await signIn(server);
        var address = new Uri(server.Address, path);
        await using (var few = new People(server.Client, address, cookies, target))
        {
            await few.OpenAsync(Unmeasured, cancellationToken);
            await few.ClickAsync(Unmeasured, TimeSpan.FromSeconds(1), 3, new Timings("unmeasured"), cancellationToken);
        }

        var before = await server.CollectAsync(cancellationToken);
        await using (var people = new People(server.Client, address, cookies, target))
        {
            await people.OpenAsync(Circuits, cancellationToken);
            var open = await server.CollectAsync(cancellationToken);
            await people.ClickAsync(Clickers, ClickEvery, ClicksEach, figures.Clicks, cancellationToken);
            figures.Paused = (await server.CollectAsync(cancellationToken)).Paused - open.Paused;
            figures.PerCircuit = (open.Bytes - before.Bytes) / 1024.0 / Circuits;
        }

        figures.Before = before.Bytes / 1e6;
        figures.After = (await server.CollectAsync(cancellationToken)).Bytes / 1e6;
        return figures;
    }

    /// <returns>Requests in a second, each with a state of its own.</returns>
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

    private Task SendAsync(MeasuredServer server, string path, IEnumerable<string> states) =>
        Parallel.ForEachAsync(states, new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken }, async (state, token) =>
        {
            using var answer = await server.Client.GetAsync(new Uri(server.Address, $"{path}?state={state}&admin_consent=True"), token);
            if ((int)answer.StatusCode != StatusCodes.Status302Found)
                throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
        });

    private static Task<IReadOnlyList<string>> NobodyAsync(MeasuredServer server) => Task.FromResult<IReadOnlyList<string>>([]);

    private async Task<IReadOnlyList<string>> SignInAsync(MeasuredServer server)
    {
        List<string> cookies = [];
        for (var tenant = 0; tenant < Customers; tenant++)
        {
            using var answer = await server.Client.PostAsync(new Uri(server.Address, $"{PortalServer.SignIn}?tenant={tenant}"), content: null, cancellationToken);
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
}
