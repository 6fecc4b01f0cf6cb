using Microsoft.Extensions.Logging;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// Watches the first worker of this process, which shows before any customer needs one whether PowerShell and the pinned module work on this machine.
/// </summary>
internal sealed partial class Canary(TeamsWorkerOptions options, ILogger<Canary> logger)
{
    private int _imported;
    private int _failed;

    /// <summary>True once a worker of this process has imported the module.</summary>
    public bool HasImported => Volatile.Read(ref _imported) == 1;

    public void Imported(string module, TimeSpan duration)
    {
        if (Interlocked.Exchange(ref _imported, 1) == 0)
            Log.Imported(logger, module, duration.TotalMilliseconds);
    }

    /// <summary>Logs the first failure in full; the pool reports every further failure itself.</summary>
    public void Failed(Exception failure)
    {
        if (!HasImported && Interlocked.Exchange(ref _failed, 1) == 0)
            Log.Failed(logger, options.Executable, options.ModulePath, options.ModuleVersion, failure);
    }

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Information, "The first Teams worker has imported module {Module} in {Milliseconds:F0} ms.")]
        public static partial void Imported(ILogger logger, string module, double milliseconds);

        [LoggerMessage(1021, LogLevel.Error,
            "The first Teams worker could not import the module: '{Executable}' with '{Module}' {Version}. Nothing can be done in Teams on this machine. "
            + "Install PowerShell 7.4 or later and that version of the module, "
            + "or set Executable, ModulePath and ModuleVersion of the worker pool to what is installed.")]
        public static partial void Failed(ILogger logger, string executable, string module, string version, Exception failure);
    }
}
