using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Shell = System.Management.Automation.PowerShell;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>The second runspace of worker.ps1, opened by the script's own function: the second barrier after the script's check of names.</summary>
public sealed class RunspaceTests : IDisposable
{
    private const string Listed = "New-CsTeamsComplianceRecordingPairedApplication";

    private readonly Runspace _outer = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
    private readonly Runspace _runspace;

    public RunspaceTests()
    {
        _outer.Open();
        using var shell = Shell.Create(_outer);
        var module = Path.Combine(AppContext.BaseDirectory, "Worker", "MicrosoftTeams.psd1");
        shell.AddScript(ReadFunction("Open-Runspace")).Invoke();
        shell.Commands.Clear();
        shell.AddCommand("Open-Runspace").AddParameter("module", module).AddParameter("version", "7.8.0").AddParameter("visible", new[] { Listed });
        _runspace = (Runspace)shell.Invoke().ShouldHaveSingleItem().BaseObject;
    }

    [Fact]
    public void It_has_no_language()
    {
        _runspace.SessionStateProxy.LanguageMode.ShouldBe(PSLanguageMode.NoLanguage);
        Should.Throw<RuntimeException>(() => Run(shell => shell.AddScript("1 + 1"))).ErrorRecord.FullyQualifiedErrorId.ShouldBe("ScriptsNotAllowed");
    }

    [Fact]
    public void What_is_listed_runs() =>
        Run(shell => shell.AddCommand(Listed).AddParameter("Id", "x")).ShouldHaveSingleItem().Properties["Id"].Value.ShouldBe("x");

    [Theory]
    [InlineData("Get-Unlisted")]
    [InlineData("MicrosoftTeams\\Get-Unlisted")]
    [InlineData("Connect-MicrosoftTeams")]
    [InlineData("Get-Command")]
    [InlineData("Import-Module")]
    [InlineData("ForEach-Object")]
    [InlineData("%")]
    [InlineData("sh")]
    [InlineData("/bin/sh")]
    public void What_is_not_listed_is_not_found(string name) => Should.Throw<CommandNotFoundException>(() => Run(shell => shell.AddCommand(name)));

    [Fact]
    public void No_script_file_is_found()
    {
        var script = Path.Combine(Directory.CreateTempSubdirectory("runspace-").FullName, "script.ps1");
        File.WriteAllText(script, "'it ran'");

        Should.Throw<CommandNotFoundException>(() => Run(shell => shell.AddCommand(script)));

        Directory.GetParent(script)!.Delete(recursive: true);
    }

    [Fact]
    public void Only_the_list_is_visible() =>
        _runspace.SessionStateProxy.InvokeCommand.GetCommands("*", CommandTypes.All, nameIsPattern: true)
            .Where(c => c.Visibility == SessionStateEntryVisibility.Public && c.CommandType is not (CommandTypes.Application or CommandTypes.ExternalScript))
            .Select(c => c.Name).ShouldBe([Listed]);

    public void Dispose()
    {
        _runspace.Dispose();
        _outer.Dispose();
    }

    private Collection<PSObject> Run(Action<Shell> command)
    {
        using var shell = Shell.Create(_runspace);
        command(shell);
        return shell.Invoke();
    }

    /// <summary>The function with the script's using lines, as a separate script.</summary>
    private static string ReadFunction(string name)
    {
        using var reader = new StreamReader(typeof(TeamsCommand).Assembly.GetManifestResourceStream("worker.ps1")!);
        var script = Parser.ParseInput(reader.ReadToEnd(), out _, out _);
        var function = script.Find(node => node is FunctionDefinitionAst found && found.Name == name, searchNestedScriptBlocks: false);
        return string.Join('\n', [.. script.UsingStatements.Select(u => u.Extent.Text), function.Extent.Text]);
    }
}
