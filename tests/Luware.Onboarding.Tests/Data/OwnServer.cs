using System.Diagnostics;
using System.Globalization;
using Luware.Onboarding.Data;
using Luware.Portal.Sandbox.Running;

namespace Luware.Onboarding.Tests.Data;

/// <summary>A PostgreSQL of one test alone, which it may stop. Not as root, which PostgreSQL refuses.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql";

    private readonly string folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private readonly string programs;

    /// <summary>It is bound again after each stop, so it is outside the range from which the system assigns ports to connections.</summary>
    private readonly int port = FreePort.ForLater();

    private OwnServer(string programs) => this.programs = programs;

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = $"{DatabaseProvider.PostgreSql}", ["Database:ConnectionString"] = $"Host=127.0.0.1;Port={port};Username=portal;Database=portal",
    };

    /// <summary>Skips the test where no PostgreSQL is installed.</summary>
    public static async Task<OwnServer> StartAsync()
    {
        var versions = Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : [];
        Assert.SkipWhen(versions.Length == 0, "PostgreSQL is not installed.");
        var server = new OwnServer(Path.Combine(versions.MaxBy(v => int.Parse(Path.GetFileName(v), CultureInfo.InvariantCulture))!, "bin"));
        if (Environment.IsPrivilegedProcess)
            await server.DoAsync("chown", "postgres", server.folder);
        await server.ControlAsync("initdb", "--options", "--username=portal --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync");
        await server.StartAgainAsync();
        return server;
    }

    public Task StartAgainAsync() => ControlAsync(
        "start", "--wait", "--log", "log", "--options", $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off");

    /// <summary>As when its process is killed: nobody is told.</summary>
    public Task StopAsync() => ControlAsync("stop", "--wait", "--mode", "immediate");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task ControlAsync(string command, params string[] arguments)
    {
        string[] control = [Path.Combine(programs, "pg_ctl"), command, "--silent", "--pgdata", "data", .. arguments];
        return Environment.IsPrivilegedProcess
            ? DoAsync("setpriv", ["--reuid", "postgres", "--regid", "postgres", "--clear-groups", .. control])
            : DoAsync(control[0], control[1..]);
    }

    private async Task DoAsync(string program, params string[] arguments)
    {
        // Its output is not read: the server inherits it and keeps it open.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
    }
}
