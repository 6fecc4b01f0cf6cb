using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using Luware.Onboarding.Tests.Steps;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>
/// PowerShell's own engine, which runs a script from a file of its own folder. The Teams cmdlets are those of a <see cref="FakeTeams"/>;
/// the few that belong to PowerShell's other modules, which are not on this machine, are written down here.
/// </summary>
internal sealed class ScriptShell : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("luware-script-");
    private readonly ScriptedTeams teams;

    public ScriptShell(FakeTeams teams, Guid tenant) => this.teams = new ScriptedTeams(teams, tenant);

    /// <summary>What was said to the person.</summary>
    public IReadOnlyList<string> Said => teams.Said;

    /// <summary>The tenant that the person signs in to.</summary>
    public Guid SignedInTo { set => teams.Tenant = value; }

    public string? ModuleFault { set => teams.ModuleFault = value; }

    public Action<int>? OnWait { set => teams.OnWait = value; }

    /// <summary>Whether the session refuses properties that are not there, as a profile may have set it.</summary>
    public bool IsStrict { get; set; }

    /// <summary>What a hostile text managed to do, if it did.</summary>
    public object? Evil { get; private set; }

    /// <summary>
    /// Variables of the session before and after the script. With any, it runs in the session's own scope, as in an editor; without, in one of its own.
    /// </summary>
    public Dictionary<string, object?> Session { get; } = [];

    public IReadOnlyList<string> Files => [.. folder.GetFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <returns>The exit code, and what was written for the portal.</returns>
    public (int ExitCode, JsonElement Result, string Json) Run(string script, params string[] switches)
    {
        var path = Path.Combine(folder.FullName, "script.ps1");
        File.WriteAllText(path, script, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        foreach (var earlier in folder.GetFiles("*.result.json"))
            earlier.Delete();
        using var runspace = Open();
        using var shell = Begin(runspace);
        shell.AddCommand(path, useLocalScope: Session.Count == 0);
        foreach (var name in switches)
            shell.AddParameter(name);
        shell.Invoke();
        shell.Streams.Error.Select(e => e.ToString()).ShouldBeEmpty();
        Evil = runspace.SessionStateProxy.GetVariable("Evil");
        ReadSession(runspace);
        var json = File.ReadAllText(folder.GetFiles("*.result.json").ShouldHaveSingleItem().FullName);
        return (Convert.ToInt32(runspace.SessionStateProxy.GetVariable("LASTEXITCODE"), null), JsonSerializer.Deserialize<JsonElement>(json), json);
    }

    /// <summary>Runs a script that writes nothing for the portal.</summary>
    /// <returns>The error that ended it; null where none did.</returns>
    public string? RunAlone(string script)
    {
        using var runspace = Open();
        using var shell = Begin(runspace);
        // Without its first line: the module that it asks for is not on this machine.
        shell.AddScript(script[(script.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        try
        {
            shell.Invoke();
            return null;
        }
        catch (RuntimeException e)
        {
            return e.Message;
        }
        finally
        {
            ReadSession(runspace);
        }
    }

    private void ReadSession(Runspace runspace)
    {
        foreach (var name in Session.Keys)
            Session[name] = runspace.SessionStateProxy.GetVariable(name);
    }

    private PowerShell Begin(Runspace runspace)
    {
        var shell = PowerShell.Create(runspace);
        shell.AddScript(ScriptedTeams.Functions).AddScript(IsStrict ? "Set-StrictMode -Version Latest" : "").Invoke();
        shell.Commands.Clear();
        return shell;
    }

    private Runspace Open()
    {
        var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("Teams", teams);
        foreach (var (name, value) in Session)
            runspace.SessionStateProxy.SetVariable(name, value);
        return runspace;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
