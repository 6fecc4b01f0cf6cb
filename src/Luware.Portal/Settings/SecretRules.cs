using System.Data.Common;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.KeyPerFile;

namespace Luware.Portal.Settings;

/// <summary>Which settings are secrets, and that in production each comes from a file of its own.</summary>
/// <remarks>
/// Anyone who may see the container's definition can read its environment, everybody on the machine can read a command line, and a settings file travels
/// with the image.
/// </remarks>
internal static class SecretRules
{
    private const string ConnectionString = "Database:ConnectionString";

    /// <summary>Secrets that somebody generates or chooses, which can therefore be placeholders.</summary>
    public static IEnumerable<string> Passwords(IConfiguration configuration) =>
    [
        "Entra:ClientSecret",
        "DataProtection:CertificatePassword",
        .. configuration.GetSection("DataProtection:DecryptionCertificates").GetChildren().Select(c => $"{c.Path}:{nameof(KeyCertificate.Password)}"),
    ];

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from key in Keys(configuration)
        let provider = ((IConfigurationRoot)configuration).Providers.FirstOrDefault(p => p is not SecretFiles && HoldsSecret(p, key))
        where provider is not null
        select $"{key} is a secret and comes from {Name(provider)}. "
            + $"In production put it into a file {key.Replace(":", "__", StringComparison.Ordinal)} below Secrets:Directory"
            + $" ('{configuration["Secrets:Directory"]}'), by hand or as the platform mounts secrets there (Docker, Kubernetes, Azure Key Vault), "
            + "and take it away from where it is.";

    private static IEnumerable<string> Keys(IConfiguration configuration) =>
    [
        .. Passwords(configuration),
        .. configuration.GetSection("Audit:Keys").GetChildren().Select(k => k.Path),
        ConnectionString,
        .. configuration.GetSection("Kestrel:Certificates").GetChildren().Select(c => $"{c.Path}:Password"),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => $"{e.Path}:Certificate:Password"),
        .. configuration.GetChildren().Select(c => c.Key).Where(IsCollectorHeader),
    ];

    /// <summary>True for the settings with the headers that authenticate the portal to a collector: one for all signals, or one per kind.</summary>
    private static bool IsCollectorHeader(string key) =>
        key.StartsWith("OTEL_EXPORTER_OTLP_", StringComparison.OrdinalIgnoreCase) && key.EndsWith("HEADERS", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsSecret(IConfigurationProvider provider, string key) =>
        provider.TryGet(key, out var value) && !string.IsNullOrEmpty(value) && (key != ConnectionString || HoldsPassword(value));

    /// <summary>Knows each provider's name for a password. An unreadable connection string is reported elsewhere.</summary>
    private static bool HoldsPassword(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>().Any(k =>
                k.Contains("password", StringComparison.OrdinalIgnoreCase)
                || k.Equals("pwd", StringComparison.OrdinalIgnoreCase)
                || k.Equals("psw", StringComparison.OrdinalIgnoreCase));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Name(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => "an environment variable",
        CommandLineConfigurationProvider => "the command line",
        FileConfigurationProvider { Source.Path: { } file } => file,
        KeyPerFileConfigurationProvider => "a file of another directory",
        _ => "the program itself",
    };
}
