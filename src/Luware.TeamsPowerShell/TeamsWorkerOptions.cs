namespace Luware.TeamsPowerShell;

/// <summary>Sizes and times of the worker pool, bound from the section that the application names.</summary>
public sealed class TeamsWorkerOptions
{
    /// <summary>The worker program: pwsh, found on PATH, or the path of one that speaks the same protocol.</summary>
    public string Executable { get; set; } = "pwsh";

    /// <summary>Arguments of the worker program. If empty, the program is PowerShell and runs the script that is embedded in this library.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>The module's manifest (an absolute path to MicrosoftTeams.psd1), or its name if PowerShell finds it by itself.</summary>
    public string ModulePath { get; set; } = "MicrosoftTeams";

    /// <summary>The version that the module must have; empty accepts any.</summary>
    public string ModuleVersion { get; set; } = "";

    /// <summary>Number of workers that are kept ready with the module imported.</summary>
    public int WarmWorkers { get; set; } = 2;

    /// <summary>Maximum number of worker processes, warm and leased together.</summary>
    public int MaxWorkers { get; set; } = 4;

    /// <summary>Maximum number of waiting leases; one more is refused at once.</summary>
    public int QueueLimit { get; set; } = 200;

    /// <summary>Longest wait for a worker. A lease that loses its worker while connecting waits for the next within the same limit.</summary>
    public TimeSpan LeaseWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time from the start of a process until its module is imported.</summary>
    public TimeSpan StartLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time to connect to a tenant, and again to prove which one it is; all tries and pauses together take at most twice this time.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time of one command.</summary>
    public TimeSpan CommandLimit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest time of a lease. Shorter than the life of an access token, since the module cannot renew one.</summary>
    public TimeSpan LeaseLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time that the shutdown of the application waits for leases in use.</summary>
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Resident memory in megabytes beyond which a worker is killed.</summary>
    public int MemoryLimit { get; set; } = 1024;

    /// <summary>
    /// Number of failed starts in quick succession after which none is tried for <see cref="RestartWindow"/>. Starts that hang until <see cref="StartLimit"/>
    /// count too.
    /// </summary>
    public int RestartBudget { get; set; } = 6;

    /// <summary>
    /// How long no start is tried once <see cref="RestartBudget"/> is spent. Failures are forgotten when none occurred for this and <see cref="StartLimit"/>
    /// together.
    /// </summary>
    public TimeSpan RestartWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Number of retries while the service is busy, or of new workers when one is lost before its lease began.</summary>
    public int Retries { get; set; } = 4;

    /// <summary>The first pause before a retry. Each further pause is twice as long, up to a minute; half of each is randomised.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Variables for the workers in addition to the few that this library sets; nothing is inherited.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder for pipes and the workers' private homes; empty means the system's folder for temporary files.</summary>
    public string PipeDirectory { get; set; } = "";
}
