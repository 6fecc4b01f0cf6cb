using Luware.TeamsPowerShell.Protocol;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell;

/// <summary>Finds every fault of the settings at once; each names its key and what to do.</summary>
internal sealed class TeamsWorkerOptionsValidator(string section) : IValidateOptions<TeamsWorkerOptions>
{
    /// <summary>The path of a Unix socket holds 108 bytes including its terminator; a worker's folder appends 25 of them.</summary>
    private const int LongestPipeDirectory = 80;

    public ValidateOptionsResult Validate(string? name, TeamsWorkerOptions options)
    {
        List<string> faults = [.. Programs(options), .. Sizes(options), .. Times(options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Programs(TeamsWorkerOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Executable))
            yield return Fault(nameof(options.Executable), "is empty; set it to pwsh or to the path of a worker program.");
        if (string.IsNullOrWhiteSpace(options.ModulePath))
            yield return Fault(nameof(options.ModulePath), "is empty; set it to MicrosoftTeams or to the absolute path of MicrosoftTeams.psd1.");
        if (options.ModuleVersion.Length > 0 && !Version.TryParse(options.ModuleVersion, out _))
            yield return Fault(nameof(options.ModuleVersion), $"is '{options.ModuleVersion}'; write a version such as 7.9.0, or leave it empty.");
        foreach (var key in options.Environment.Keys.Where(key => key.StartsWith(WorkerProtocol.VariablePrefix, StringComparison.OrdinalIgnoreCase)))
            yield return Fault($"{nameof(options.Environment)}:{key}", "is a variable that the pool sets itself; take it out.");
        if (options.PipeDirectory.Length > 0 && !Path.IsPathFullyQualified(options.PipeDirectory))
            yield return Fault(nameof(options.PipeDirectory), $"is '{options.PipeDirectory}'; write an absolute path.");
        if (!OperatingSystem.IsWindows() && System.Text.Encoding.UTF8.GetByteCount(Worker.WorkerFolder.Parent(options)) > LongestPipeDirectory)
            yield return Fault(nameof(options.PipeDirectory),
                $"is too long for a Unix socket; name a folder of at most {LongestPipeDirectory} characters, such as /run/portal.");
    }

    private IEnumerable<string> Sizes(TeamsWorkerOptions options)
    {
        if (options.MaxWorkers < 1)
            yield return Fault(nameof(options.MaxWorkers), $"is {options.MaxWorkers}; at least 1 worker is needed.");
        if (options.WarmWorkers < 0 || options.WarmWorkers > options.MaxWorkers)
            yield return Fault(nameof(options.WarmWorkers),
                $"is {options.WarmWorkers}; choose between 0 and {nameof(options.MaxWorkers)} ({options.MaxWorkers}).");
        if (options.QueueLimit < 1)
            yield return Fault(nameof(options.QueueLimit), $"is {options.QueueLimit}; at least 1 lease must be able to wait.");
        if (options.MemoryLimit < 64)
            yield return Fault(nameof(options.MemoryLimit), $"is {options.MemoryLimit}; a worker needs at least 64 megabytes.");
        if (options.RestartBudget < 1)
            yield return Fault(nameof(options.RestartBudget), $"is {options.RestartBudget}; at least 1 failed start must be allowed.");
        if (options.Retries is < 0 or > 20)
            yield return Fault(nameof(options.Retries), $"is {options.Retries}; choose between 0 and 20.");
    }

    private IEnumerable<string> Times(TeamsWorkerOptions options)
    {
        if (options.LeaseLimit <= options.CommandLimit)
            yield return Fault(nameof(options.LeaseLimit),
                $"is {options.LeaseLimit}; a lease must outlast one command, so choose more than {nameof(options.CommandLimit)} ({options.CommandLimit}).");
        (string Key, TimeSpan Value)[] times =
        [
            (nameof(options.LeaseWait), options.LeaseWait), (nameof(options.StartLimit), options.StartLimit),
            (nameof(options.ConnectLimit), options.ConnectLimit), (nameof(options.CommandLimit), options.CommandLimit),
            (nameof(options.LeaseLimit), options.LeaseLimit), (nameof(options.DrainLimit), options.DrainLimit),
            (nameof(options.RestartWindow), options.RestartWindow), (nameof(options.RetryPause), options.RetryPause),
        ];
        foreach (var (key, value) in times.Where(t => t.Value <= TimeSpan.Zero || t.Value > TimeSpan.FromDays(1)))
            yield return Fault(key, $"is {value}; choose a time between nothing and a day, written as hh:mm:ss.");
    }

    private string Fault(string key, string text) => $"{section}:{key} {text}";
}
