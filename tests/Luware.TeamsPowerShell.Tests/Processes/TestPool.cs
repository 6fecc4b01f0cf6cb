using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Luware.TeamsPowerShell.Pool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>An application's pool over worker processes with a <see cref="Fault"/>, in a folder of its own.</summary>
internal sealed partial class TestPool : IAsyncDisposable
{
    public static readonly string Program =
        Path.Combine(AppContext.BaseDirectory, "Luware.TeamsPowerShell.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    private readonly ServiceProvider _services;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tp-");

    public TestPool(Fault fault = Fault.None, Action<TeamsWorkerOptions>? configure = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log));
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddTeamsWorkerPool(new ConfigurationBuilder().Build().GetSection("TeamsWorkers"));
        services.Configure<TeamsWorkerOptions>(options =>
        {
            options.Executable = Program;
            options.Arguments.Add(FaultyWorker.Command);
            options.Arguments.Add(fault.ToString());
            options.Environment[FaultyWorker.JournalVariable] = Journal;
            options.PipeDirectory = _folder.FullName;
            options.WarmWorkers = 0;
            options.MaxWorkers = 2;
            options.RetryPause = TimeSpan.FromMilliseconds(10);
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Pool = _services.GetRequiredService<ITeamsWorkerPool>();
        Stock = _services.GetRequiredService<WorkerStock>();
        Hosted = _services.GetServices<IHostedService>().OfType<TeamsWorkerPool>().Single();
    }

    /// <summary>All that the library logs.</summary>
    public LogBook Log { get; } = new();

    /// <summary>Adds another log to that one.</summary>
    public ILoggerFactory Loggers => _services.GetRequiredService<ILoggerFactory>();

    /// <summary>The processes of all workers that were warm once, in order.</summary>
    public IReadOnlyList<int> Started => [.. Log.Lines.Select(l => WarmLine().Match(l)).Where(m => m.Success).Select(m => Number(m.Groups["id"].ValueSpan))];

    public ITeamsWorkerPool Pool { get; }

    public WorkerStock Stock { get; }

    public IHostedService Hosted { get; }

    /// <summary>Distinguishes this pool's meter from those of concurrent tests.</summary>
    public object MeterScope => _services.GetRequiredService<IMeterFactory>();

    public TeamsWorkerOptions Options => _services.GetRequiredService<IOptions<TeamsWorkerOptions>>().Value;

    /// <summary>Folders of workers that exist now.</summary>
    public IReadOnlyList<string> Folders => Directory.GetDirectories(_folder.FullName);

    /// <summary>The contents of the pool's own folder: the workers' folders with their pipes, and anything that does not belong there.</summary>
    public IReadOnlyList<string> Left => Directory.GetFileSystemEntries(_folder.FullName);

    /// <summary>The cmdlets that workers have run, Get-CsTenant left out.</summary>
    public IReadOnlyList<string> RanCmdlets => File.Exists(Journal) ? File.ReadAllLines(Journal) : [];

    private string Journal => Path.Combine(_folder.FullName, "journal");

    public Task<ITeamsLease> LeaseAsync(
        Guid? tenant = null, Action<int>? queued = null, Action<TeamsOutput>? output = null, CancellationToken cancellationToken = default)
    {
        var id = tenant ?? Guid.NewGuid();
        return Pool.LeaseAsync(new TeamsLeaseRequest(id, _ => Task.FromResult(Tokens(id)), queued, output), cancellationToken);
    }

    public static TeamsTokens Tokens(Guid tenant) => new(Token(tenant), Token(tenant, "teams"));

    public static string Token(Guid tenant, string audience = "graph") =>
        $"{Encode("{\"alg\":\"none\"}")}.{Encode($"{{\"tid\":\"{tenant}\",\"aud\":\"{audience}\",\"name\":\"Müller?>\"}}")}.{new string('s', 120)}";

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"^Worker (?<id>\d+) with module .* is warm")]
    private static partial Regex WarmLine();

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
