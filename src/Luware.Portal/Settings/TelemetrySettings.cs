using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>Where traces, metrics and logs go, under OpenTelemetry's own names. Its exporter's other settings are set in the same way.</summary>
internal sealed class TelemetrySettings : ISettings
{
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolKey = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>The root: OpenTelemetry's names have no section.</summary>
    public static string Section => "";

    [ConfigurationKeyName(EndpointKey)]
    public string? Endpoint { get; set; }

    [ConfigurationKeyName(ProtocolKey)]
    public string? Protocol { get; set; }

    public static bool IsOn(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[EndpointKey]);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Endpoint))
            yield break;
        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            yield return $"{EndpointKey} is '{Endpoint}'. Set it to the address of a collector, for example http://localhost:4317, or leave it away.";
        if (!string.IsNullOrWhiteSpace(Protocol) && Protocol is not ("grpc" or "http/protobuf"))
            yield return $"{ProtocolKey} is '{Protocol}'. Set it to grpc or http/protobuf.";
    }
}
