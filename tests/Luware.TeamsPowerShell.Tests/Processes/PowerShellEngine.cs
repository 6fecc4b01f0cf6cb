using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>
/// Stands in for pwsh: the real engine, started with pwsh's own arguments, without its console and its modules. It lets the tests run
/// worker.ps1 in a process of its own on machines where PowerShell is not installed.
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
