namespace Luware.TeamsPowerShell.Worker;

/// <summary>Reasons for killing workers, as they appear in logs and metrics.</summary>
internal static class KillReasons
{
    /// <summary>The regular end of every lease.</summary>
    public const string LeaseEnded = "lease ended";
    public const string LeaseTooLong = "lease limit";
    public const string Hung = "time limit";
    public const string Cancelled = "cancelled";
    public const string Broken = "broken protocol";
    public const string Memory = "memory limit";
    public const string WrongTenant = "wrong tenant";
    public const string Shutdown = "shutdown";
    public const string Disposed = "not needed";

    /// <summary>The worker ended without being killed.</summary>
    public const string EndedByItself = "ended by itself";
}
