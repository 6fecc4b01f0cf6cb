using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>
/// Replaces pwsh with the real engine, started with pwsh's own arguments but without its console and modules, so that worker.ps1 can be tested in a process of
/// its own on machines without PowerShell.
/// </summary>
internal static class PowerShellEngine
{
    public static int Run(string script)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(runspace).AddCommand(script);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            Console.Error.WriteLine(e.ErrorRecord.InvocationInfo?.PositionMessage);
            Console.Error.WriteLine(e.Message);
            return 1;
        }
        foreach (var error in shell.Streams.Error)
            Console.Error.WriteLine(error);
        return shell.HadErrors ? 1 : 0;
    }
}
