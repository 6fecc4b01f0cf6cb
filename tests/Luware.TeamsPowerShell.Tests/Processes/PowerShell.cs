using System.Diagnostics;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>The PowerShells for the tests: the engine always, pwsh if it is installed.</summary>
internal static class PowerShell
{
    public const string Engine = "engine";
    public const string Installed = "pwsh";

    public static TheoryData<string> Both => new(Engine, Installed);

    public static void SkipUnlessThere(string powerShell) =>
        Assert.SkipUnless(powerShell == Engine || InstalledPowerShell.Program is not null, InstalledPowerShell.Missing);

    public static void Use(TeamsWorkerOptions options, string powerShell, string module, string version)
    {
        options.Executable = Program(powerShell);
        options.Arguments.Clear();
        (options.ModulePath, options.ModuleVersion) = (module, version);
    }

    /// <returns>The lines that the script writes to standard output.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string powerShell, string script, params (string Name, string Value)[] environment)
    {
        SkipUnlessThere(powerShell);
        var start = new ProcessStartInfo(Program(powerShell), ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "RemoteSigned", "-File", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        process.ExitCode.ShouldBe(0, await error);
        return output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Program(string powerShell) => powerShell == Engine ? TestPool.Program : InstalledPowerShell.Program!;
}
