using System.Diagnostics;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Tests.Browser;

/// <summary>A real portal process with a world in the test's process. A test kills it without warning and restarts it on the same data.</summary>
internal sealed class PortalProcess(SandboxWorld world, string data, IReadOnlyDictionary<string, string?>? settings = null) : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>The port is bound again after each kill, so it is outside the range from which the system assigns ports to connections.</summary>
    private readonly int port = FreePort.ForLater();
    private Process? process;

    public Uri Address => FreePort.Address(port);

    public string Database => Path.Combine(data, "portal.db");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(SandboxWorld).Assembly.Location, "portal", "--world", world.Address.AbsoluteUri, "--port", $"{port}", "--data", data];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
            start.ArgumentList.Add($"--{key}={value}");
        process = Process.Start(start) ?? throw new InvalidOperationException("The portal's process did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ReadyAsync(cancellationToken);
    }

    /// <summary>SIGTERM, as platforms stop a process; it ends by itself.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process!.Id}"]))
            await kill.WaitForExitAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        process.Dispose();
        process = null;
    }

    /// <summary>SIGKILL to the portal alone: its workers must notice by themselves.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
    }

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync(client, limit.Token))
        {
            process!.HasExited.ShouldBeFalse("The portal ended instead of starting.");
            await again.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
