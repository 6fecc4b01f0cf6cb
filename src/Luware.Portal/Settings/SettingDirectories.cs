using Microsoft.Extensions.FileProviders;

namespace Luware.Portal.Settings;

/// <summary>The directories whose files are settings: one with secrets, one with switches.</summary>
internal static class SettingDirectories
{
    private const string SecretsDirectory = "Secrets:Directory", SwitchesDirectory = "Switches:Directory";

    /// <summary>The directory where container platforms mount secrets. It is optional, because not every platform has it.</summary>
    private const string UsualDirectory = "/run/secrets";

    private const string Switch = "Safety__";

    /// <summary>
    /// One file a setting, as container platforms mount them; they win over everything that was read before. A changed file counts at once for
    /// what is looked at anew each time: a file Safety__NoWrites stops portals whose other settings lie in their environment.
    /// </summary>
    /// <remarks>Each replica has its own secrets. Switches are files on a share of all replicas, so anyone who can write there can set switches and nothing else.</remarks>
    public static void AddSettingDirectories(this ConfigurationManager configuration)
    {
        if (Exists(configuration[SecretsDirectory]))
            ((IConfigurationBuilder)configuration).Add(new SecretFiles.Source(configuration[SecretsDirectory]!));
        if (!Exists(configuration[SwitchesDirectory]))
            return;
        configuration.AddKeyPerFile(files =>
        {
            files.FileProvider = new PhysicalFileProvider(configuration[SwitchesDirectory]!);
            files.IgnoreCondition = name => !name.StartsWith(Switch, StringComparison.OrdinalIgnoreCase);
            (files.Optional, files.ReloadOnChange) = (true, true);
        });
    }

    /// <summary>A directory that was named and is not there holds neither the secrets nor the brake that somebody counts on.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from key in (string[])[SecretsDirectory, SwitchesDirectory]
        let directory = configuration[key]
        where !string.IsNullOrEmpty(directory) && !(key == SecretsDirectory && directory == UsualDirectory) && !Exists(directory)
        select $"{key} is '{directory}', which is no directory here. Set it to the whole path of one that exists, or to nothing.";

    private static bool Exists(string? directory) => Path.IsPathRooted(directory) && Directory.Exists(directory);
}
