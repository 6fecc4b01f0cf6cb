namespace Luware.TeamsPowerShell.Protocol;

/// <summary>What a pool and its worker program agree on, whatever the worker program is written in.</summary>
public static class WorkerProtocol
{
    public const int Version = 1;

    /// <summary>Longest line that the pool accepts of a worker, in bytes; beyond it the worker is taken to be broken.</summary>
    public const int MaxLine = 8 * 1024 * 1024;

    /// <summary>How the names of all variables begin that the pool gives its workers.</summary>
    internal const string VariablePrefix = "TEAMS_WORKER_";

    /// <summary>Environment variable with the name of the pipe for messages: an absolute path except on Windows.</summary>
    public const string PipeVariable = "TEAMS_WORKER_PIPE";

    /// <summary>Environment variable with the name of the life line: a pipe that says nothing; when it closes, the worker must end at once.</summary>
    public const string LifeLineVariable = "TEAMS_WORKER_LIFELINE";

    /// <summary>
    /// Environment variable with the time to wait at a pipe, in whole milliseconds. A pool that died while its worker was being born
    /// never answers; without a limit the worker would knock for ever.
    /// </summary>
    public const string ConnectLimitVariable = "TEAMS_WORKER_CONNECT_LIMIT";

    /// <summary>Environment variable with the name or path of the module to import.</summary>
    public const string ModuleVariable = "TEAMS_WORKER_MODULE";

    /// <summary>Environment variable with the version that the module must have; empty means any.</summary>
    public const string ModuleVersionVariable = "TEAMS_WORKER_MODULE_VERSION";

    /// <summary>Environment variable with the names of the cmdlets that may run, separated by semicolons.</summary>
    public const string CmdletsVariable = "TEAMS_WORKER_CMDLETS";
}
