namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>The pwsh of this machine: the one that PORTAL_PWSH names, or else the first on PATH.</summary>
internal static class InstalledPowerShell
{
    public const string Missing = "PowerShell is not installed: there is no pwsh on PATH, and PORTAL_PWSH does not name one.";

    /// <summary>Null where there is none.</summary>
    public static string? Program { get; } = Find();

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name));
        return onPath.Prepend(Environment.GetEnvironmentVariable("PORTAL_PWSH") ?? "").FirstOrDefault(File.Exists);
    }
}
