namespace Luware.Portal.Operations;

/// <summary>Where secrets come from, and where they must not go.</summary>
internal static class Secrets
{
    // Secrets are each replica's own; a switch is a file on a share of them all.
    private static readonly string[] Directories = ["Secrets:Directory", "Switches:Directory"];

    /// <summary>
    /// One file a setting, as container platforms mount them; they win over everything that was read before. A changed file counts at once for
    /// what is looked at anew each time: a file Safety__NoWrites stops portals whose other settings lie in their environment.
    /// </summary>
    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        foreach (var key in Directories)
        {
            if (configuration[key] is { Length: > 0 } directory && Path.IsPathRooted(directory) && Directory.Exists(directory))
                configuration.AddKeyPerFile(directory, optional: true, reloadOnChange: true);
        }
    }

    /// <summary>The framework's lines that carry a whole request address or message: codes and states of sign-in lie in them.</summary>
    /// <remarks>Settings can make a category of these talk again only by naming it in full.</remarks>
    public static void KeepSecretsOut(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
    }
}
