namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>Where the tests find PowerShell: its engine always, an installed pwsh through PORTAL_PWSH or on PATH.</summary>
internal static class PowerShell
{
    public const string Engine = "engine";
    public const string Installed = "pwsh";

    public static string? Path { get; } = Find();

    public static void SkipUnlessThere(string powerShell) =>
        Assert.SkipUnless(powerShell == Engine || Path is not null, "PowerShell is not installed: there is no pwsh on PATH, and PORTAL_PWSH does not name one.");

    public static void Use(TeamsWorkerOptions options, string powerShell, string module, string version)
    {
        options.Executable = powerShell == Engine ? TestPool.Program : Path!;
        options.Arguments.Clear();
        (options.ModulePath, options.ModuleVersion) = (module, version);
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Combine(folder, name));
        return new[] { Environment.GetEnvironmentVariable("PORTAL_PWSH") ?? "" }.Concat(onPath).FirstOrDefault(File.Exists);
    }
}
