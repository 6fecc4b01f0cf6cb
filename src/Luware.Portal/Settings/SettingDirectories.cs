namespace Luware.Portal.Settings;

/// <summary>The directories whose files are settings: one with secrets, one with switches.</summary>
internal static class SettingDirectories
{
    private const string SecretsDirectory = "Secrets:Directory", SwitchesDirectory = "Switches:Directory";

    /// <summary>The directory where container platforms mount secrets. It is optional, because not every platform has it.</summary>
    private const string UsualDirectory = "/run/secrets";

    /// <summary>
    /// Reads one file per setting, as container platforms mount them, when the portal starts. They override everything read before. The file
    /// Safety__NoWrites alone is read again and again, in both directories, so it stops running portals.
    /// </summary>
    /// <remarks>
    /// Each replica has its own secrets. Switches are files on a share of all replicas, so anyone who can write there can set switches and nothing else.
    /// </remarks>
    public static void AddSettingDirectories(this ConfigurationManager configuration, TimeProvider time)
    {
        IConfigurationBuilder builder = configuration;
        if (configuration[SecretsDirectory] is { } secrets && Exists(secrets))
            builder.Add(new SecretFiles.Source(secrets)).Add(new SwitchFile.Source(secrets, time));
        if (configuration[SwitchesDirectory] is { } switches && Exists(switches))
            builder.Add(new SwitchFile.Source(switches, time));
    }

    /// <summary>Reports a directory that is configured but missing: somebody relies on its secrets or switches.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from key in (string[])[SecretsDirectory, SwitchesDirectory]
        let directory = configuration[key]
        where !string.IsNullOrEmpty(directory) && !(key == SecretsDirectory && directory == UsualDirectory) && !Exists(directory)
        select $"{key} is '{directory}', which is no directory here. Set it to the whole path of one that exists, or to nothing.";

    private static bool Exists(string? directory) => Path.IsPathRooted(directory) && Directory.Exists(directory);
}
