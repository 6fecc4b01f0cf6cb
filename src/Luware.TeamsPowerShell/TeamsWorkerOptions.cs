namespace Luware.TeamsPowerShell;

/// <summary>Sizes and times of the worker pool, bound from the section that the application names.</summary>
public sealed class TeamsWorkerOptions
{
    /// <summary>The worker program: pwsh, found on PATH, or the path of one that speaks the same protocol.</summary>
    public string Executable { get; set; } = "pwsh";

    /// <summary>Arguments of the worker program. Empty means that it is PowerShell, which is given the script that this library brings along.</summary>
    public IList<string> Arguments { get; } = [];

    /// <summary>The module's manifest (an absolute path to MicrosoftTeams.psd1), or its name where PowerShell finds it by itself.</summary>
    public string ModulePath { get; set; } = "MicrosoftTeams";

    /// <summary>The version that the module must have; empty accepts any.</summary>
    public string ModuleVersion { get; set; } = "";

    /// <summary>Workers that are kept ready, module imported, before anyone asks.</summary>
    public int WarmWorkers { get; set; } = 2;

    /// <summary>Worker processes at the same time, warm and leased together.</summary>
    public int MaxWorkers { get; set; } = 4;

    /// <summary>Leases that may wait; one more is refused at once.</summary>
    public int QueueLimit { get; set; } = 200;

    /// <summary>Longest wait for a worker; a lease that loses one while it is connected has no more time for the next.</summary>
    public TimeSpan LeaseWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time from the start of a process until its module is imported.</summary>
    public TimeSpan StartLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time to connect to a tenant, and as long again to prove which one it is; tries and pauses stay within both together.</summary>
    public TimeSpan ConnectLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time of one command.</summary>
    public TimeSpan CommandLimit { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest time of a lease. Shorter than the life of an access token, since the module cannot renew one.</summary>
    public TimeSpan LeaseLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time that the end of the application waits for leases that are still in use.</summary>
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Resident memory in megabytes beyond which a worker is killed.</summary>
    public int MemoryLimit { get; set; } = 1024;

    /// <summary>Failed starts close upon each other, whether they fail at once or hang until <see cref="StartLimit"/>, after which none is tried for <see cref="RestartWindow"/>.</summary>
    public int RestartBudget { get; set; } = 6;

    /// <summary>How long no start is tried once <see cref="RestartBudget"/> is spent. Failures are forgotten when none came for so long and <see cref="StartLimit"/> together.</summary>
    public TimeSpan RestartWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often something is tried again: while the service says that it is busy, or once its worker was lost.</summary>
    public int Retries { get; set; } = 4;

    /// <summary>The first pause before such a try; each further one is twice as long, up to a minute, and all of them half of it more or less by chance.</summary>
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Variables that the workers get in addition to the few that this library gives them; nothing is inherited.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder for pipes and the workers' private homes; empty means the system's folder for temporary files.</summary>
    public string PipeDirectory { get; set; } = "";
}
