using Luware.Onboarding.Data;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>Refuses in production what is only acceptable on a developer's machine, with one sentence per fault, as other settings do.</summary>
internal static class ProductionRules
{
    private static readonly string[] Addresses =
        ["Portal:PublicAddress", "Entra:Instance", "Entra:TokenInstance", "Graph:BaseAddress", "Azure:ResourceManager"];

    /// <summary>Words that people use as placeholders for a secret; generated secrets do not contain them.</summary>
    private static readonly string[] Placeholders = ["secret", "password", "changeme", "change-me", "placeholder", "example"];

    /// <summary>Parts of OpenTelemetry's setting names: for all signals together, and for each kind.</summary>
    private static readonly string[] Signals = ["", "TRACES_", "METRICS_", "LOGS_"];

    /// <summary>Minimum length of the client secret; those that Entra generates have 40 characters.</summary>
    private const int ShortestSecret = 16;

    public static IEnumerable<string> Faults(IHostEnvironment environment, IConfiguration configuration) =>
        !environment.IsProduction() ? [] :
        [
            .. AddressFaults(configuration), .. HttpsFaults(configuration), .. SecretFaults(configuration), .. SecretRules.Faults(configuration),
            .. AuditKeyRules.Faults(configuration), .. KeyFaults(configuration), .. DatabaseFaults(configuration), .. CollectorFaults(configuration),
        ];

    public static bool HoldsPlaceholder(string value) => Array.Exists(Placeholders, word => value.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A portal that trusts a fake service on its own machine lets in anybody whom that service invents.</summary>
    private static IEnumerable<string> AddressFaults(IConfiguration configuration) =>
        from key in Addresses
        let value = configuration[key]
        where Uri.TryCreate(value, UriKind.Absolute, out var address) && (!IsHttpsAddress(value) || address.IsLoopback)
        select $"{key} is '{value}'. In production it is an https address of another machine than this one; "
            + "to try the portal alone, set ASPNETCORE_ENVIRONMENT to Development.";

    /// <summary>
    /// A proxy must report that requests came over https: otherwise cookies, HSTS and antiforgery do not work, and all visitors share one rate limit.
    /// </summary>
    private static IEnumerable<string> HttpsFaults(IConfiguration configuration)
    {
        if (!configuration.GetSection("Portal:Proxies").GetChildren().Any() && !SpeaksHttps(configuration))
        {
            yield return "Portal:Proxies is empty, and this process does not speak https itself. "
                + "Name the proxy that ends https before the portal, or give Kestrel an https endpoint (Kestrel:Endpoints).";
        }
    }

    private static bool SpeaksHttps(IConfiguration configuration) =>
        !string.IsNullOrWhiteSpace(configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).Append(configuration["urls"])
            .Any(url => url?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true);

    private static IEnumerable<string> SecretFaults(IConfiguration configuration) =>
        from key in SecretRules.Passwords(configuration)
        let value = configuration[key]
        where !string.IsNullOrEmpty(value) && (value.Length < ShortestSecret || HoldsPlaceholder(value))
        select $"{key} is a placeholder, or shorter than {ShortestSecret} characters. In production it is a secret that nobody can guess.";

    private static IEnumerable<string> KeyFaults(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration["DataProtection:CertificateFile"]))
        {
            yield return "DataProtection:CertificateFile is missing. In production the keys of sessions and tokens do not lie in the database in clear: name a "
                + "certificate with its private key.";
        }
    }

    private static IEnumerable<string> DatabaseFaults(IConfiguration configuration)
    {
        if (DatabaseProtection.FindFault(configuration) is { } fault)
            yield return $"Database:ConnectionString {fault}; or set Database:AllowUnprotected where nobody else can reach the network between.";
    }

    /// <summary>Headers are the collector's credentials; without them nothing secret is sent.</summary>
    private static IEnumerable<string> CollectorFaults(IConfiguration configuration) =>
        from signal in Signals
        let key = $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT"
        where Array.Exists(Signals, s => !string.IsNullOrWhiteSpace(configuration[$"OTEL_EXPORTER_OTLP_{s}HEADERS"]))
            && Uri.TryCreate(configuration[key], UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback
        select $"{key} is '{configuration[key]}', and the collector's headers would be sent there in clear. "
            + "In production it is an https address, or one of this machine.";
}
