namespace Luware.Portal.Operations;

/// <summary>Keeps secrets out of the log.</summary>
internal static class Secrets
{
    /// <summary>Silences the framework's log lines that contain whole request addresses or messages, because these hold sign-in codes and states.</summary>
    /// <remarks>A setting turns one of these categories on again only by its full name.</remarks>
    public static void KeepSecretsOut(this ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Http.Result", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Authentication", LogLevel.Warning);
        logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
    }
}
