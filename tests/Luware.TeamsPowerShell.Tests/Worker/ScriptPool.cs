using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>A pool whose workers run worker.ps1 with the test's own module.</summary>
internal static class ScriptPool
{
    public static TestPool Create(string powerShell, Action<TeamsWorkerOptions>? configure = null)
    {
        PowerShell.SkipUnlessThere(powerShell);
        return new TestPool(configure: options =>
        {
            PowerShell.Use(options, powerShell, Path.Combine(AppContext.BaseDirectory, "Worker", "MicrosoftTeams.psd1"), "7.8.0");
            configure?.Invoke(options);
        });
    }
}
