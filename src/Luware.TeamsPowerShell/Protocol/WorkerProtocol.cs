namespace Luware.TeamsPowerShell.Protocol;

/// <summary>The contract between a pool and its worker program, whatever language the worker is written in.</summary>
public static class WorkerProtocol
{
    public const int Version = 1;

    /// <summary>Longest line, in bytes, that the pool accepts from a worker; a worker that sends a longer one is considered broken.</summary>
    public const int MaxLine = 8 * 1024 * 1024;

    /// <summary>Most bytes that the pool accepts in answer to one request; a worker that sends more is considered broken.</summary>
    public const int MaxAnswer = 64 * 1024 * 1024;

    /// <summary>Prefix of all environment variables that the pool sets for its workers.</summary>
    internal const string VariablePrefix = "TEAMS_WORKER_";

    /// <summary>Environment variable with the name of the message pipe, which is an absolute path except on Windows.</summary>
    public const string PipeVariable = "TEAMS_WORKER_PIPE";

    /// <summary>Environment variable with the name of the life line: a pipe without traffic. When it closes, the worker must end at once.</summary>
    public const string LifeLineVariable = "TEAMS_WORKER_LIFELINE";

    /// <summary>
    /// Environment variable with the time limit for connecting to a pipe, in whole milliseconds. If the pool died while its worker was starting, nobody
    /// answers, and without a limit the worker would wait for ever.
    /// </summary>
    public const string ConnectLimitVariable = "TEAMS_WORKER_CONNECT_LIMIT";

    /// <summary>Environment variable with the name or path of the module to import.</summary>
    public const string ModuleVariable = "TEAMS_WORKER_MODULE";

    /// <summary>Environment variable with the version that the module must have; empty means any.</summary>
    public const string ModuleVersionVariable = "TEAMS_WORKER_MODULE_VERSION";

    /// <summary>Environment variable with the names of the cmdlets that may run, separated by semicolons.</summary>
    public const string CmdletsVariable = "TEAMS_WORKER_CMDLETS";
}
