namespace Luware.Portal.Operations;

/// <summary>Where secrets must not go.</summary>
internal static class Secrets
{
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
