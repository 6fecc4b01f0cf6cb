using System.Diagnostics;
using System.Net.Http.Json;
using Luware.Portal.Benchmarks.Pages.Servers;
using Luware.Portal.Sandbox.Running;

namespace Luware.Portal.Benchmarks.Pages;

/// <summary>A server in a process of its own, measured from outside.</summary>
internal sealed class MeasuredServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();

    private MeasuredServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>The processor time used so far, over all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static MeasuredServer Start(string command, params string[] arguments)
    {
        var port = FreePort.ForLater();
        var start = new ProcessStartInfo("dotnet", [typeof(MeasuredServer).Assembly.Location, command, $"{port}", .. arguments]) { UseShellExecute = false };
        return new MeasuredServer(Process.Start(start)!, FreePort.Address(port));
    }

    /// <returns>The time from the start of the process until the path answers successfully.</returns>
    public async Task<TimeSpan> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var again = new PeriodicTimer(Look);
        while (!await IsThereAsync(path, limit.Token))
            await again.WaitForNextTickAsync(limit.Token);
        return Stopwatch.GetElapsedTime(_started);
    }

    public async Task<Measures.Memory> CollectAsync(CancellationToken cancellationToken) =>
        (await Client.GetFromJsonAsync<Measures.Memory>(new Uri(Address, Measures.Heap), cancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> IsThereAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri(Address, path), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
