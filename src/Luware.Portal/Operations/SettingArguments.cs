namespace Luware.Portal.Operations;

/// <summary>
/// The arguments that are settings: <c>--Section:Key=value</c> or <c>--Section:Key value</c>, and the keys of the framework that have no section.
/// </summary>
internal static class SettingArguments
{
    /// <summary>Keys without a section. No command is among them, so a mistyped command is not taken for a setting.</summary>
    private static readonly string[] Plain = ["AllowedHosts", "environment", "http_ports", "https_ports", "urls"];

    /// <summary>OpenTelemetry's own names, which have no section either.</summary>
    private const string TelemetryPrefix = "OTEL_";

    /// <returns>The settings, each as one argument with its value, and all other arguments in their order.</returns>
    public static (string[] Settings, string[] Others) Split(string[] args)
    {
        var (settings, others) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!IsSetting(args[i]))
                others.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal))
                settings.Add(args[i]);
            else if (i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
                settings.Add($"{args[i]}={args[++i]}");
            else
                // Without a value: the parser refuses it.
                others.Add(args[i]);
        }

        return ([.. settings], [.. others]);
    }

    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg[2..].Split('=', 2)[0] is var key
        && (key.Contains(':', StringComparison.Ordinal)
            || key.StartsWith(TelemetryPrefix, StringComparison.OrdinalIgnoreCase)
            || Plain.Contains(key, StringComparer.OrdinalIgnoreCase));
}
