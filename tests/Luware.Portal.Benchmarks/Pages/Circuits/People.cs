using Luware.Portal.Benchmarks.Teams;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>Many people with the same page open.</summary>
internal sealed class People(HttpClient client, Uri page, IReadOnlyList<string> cookies, string target) : IAsyncDisposable
{
    /// <summary>Sends keep-alive messages, without which the server would consider the browser lost.</summary>
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(12);

    private const int OpenAtOnce = 8;

    private readonly List<Circuit> _circuits = [];
    private readonly CancellationTokenSource _end = new();
    private Task _pinging = Task.CompletedTask;

    public async Task OpenAsync(int count, CancellationToken cancellationToken)
    {
        var first = _circuits.Count;
        _circuits.AddRange(Enumerable.Range(first, count - first)
            .Select(i => new Circuit(client, page, cookies.Count == 0 ? "" : cookies[i % cookies.Count], target)));
        if (first == 0)
            _pinging = PingAsync();
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_circuits.Skip(first), options, async (circuit, token) => await circuit.OpenAsync(token));
    }

    /// <summary>Each person clicks once per <paramref name="pause"/>, at a different moment.</summary>
    public async Task ClickAsync(int people, TimeSpan pause, int times, Timings timings, CancellationToken cancellationToken)
    {
        var each = await Task.WhenAll(_circuits.Take(people).Select(async (circuit, index) =>
        {
            await Task.Delay(pause * index / people, cancellationToken);
            using var next = new PeriodicTimer(pause);
            List<TimeSpan> took = [];
            do
                took.Add(await circuit.ClickAsync());
            while (took.Count < times && await next.WaitForNextTickAsync(cancellationToken));
            return took;
        }));
        foreach (var click in each.SelectMany(t => t))
            timings.Add(click);
    }

    /// <summary>All of them leave.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pinging;
        await Parallel.ForEachAsync(_circuits, async (circuit, _) => await circuit.DisposeAsync());
        _end.Dispose();
    }

    private async Task PingAsync()
    {
        using var again = new PeriodicTimer(PingEvery);
        try
        {
            while (await again.WaitForNextTickAsync(_end.Token))
            {
                foreach (var circuit in _circuits.ToList())
                    await circuit.PingAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // They leave.
        }
    }
}
