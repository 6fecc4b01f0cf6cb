using System.Security.Cryptography;
using Luware.Onboarding.Audit;

namespace Luware.Portal.Settings;

/// <summary>
/// Refuses audit keys that were not generated at random: anyone who guesses one can forge what it sealed. Their length is checked outside production, too.
/// </summary>
internal static class AuditKeyRules
{
    /// <summary>Minimum number of distinct bytes in a key. Fewer than one in 10^12 random keys of 32 bytes fall below it.</summary>
    private const int FewestDifferent = 18;

    /// <summary>SHA-256 of the demo's key, which is public in its source.</summary>
    private const string Demo = "921B822226A02CDA650084FF2C0A322CF1C67E01FEB30195CA326E176A121D97";

    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        from key in configuration.GetSection("Audit:Keys").GetChildren()
        let why = key.Value is { Length: > 0 } value ? WhyGuessable(value.Trim()) : null
        where why is not null
        select $"{key.Path} {why}. In production it is drawn at random: \"openssl rand -base64 32\", "
            + $"into a file {key.Path.Replace(":", "__", StringComparison.Ordinal)} below Secrets:Directory."
            + " What a key that anybody could guess has sealed proves nothing: such a chain begins anew.";

    private static string? WhyGuessable(string value)
    {
        if (AuditOptions.Decode(value) is not { Length: > 0 } key)
            return null;

        return ProductionRules.HoldsPlaceholder(value) ? "is a placeholder"
            : Convert.ToHexString(SHA256.HashData(key)) == Demo ? "is the key of the demo"
            : Array.TrueForAll(key, b => b is >= (byte)' ' and <= (byte)'~') ? "is a text that somebody has typed"
            : key.Distinct().Count() < Math.Min(FewestDifferent, key.Length) || IsSeries(key) ? "is a pattern"
            : null;
    }

    /// <summary>True for 1, 2, 3 … and other series with a constant difference between bytes.</summary>
    private static bool IsSeries(byte[] key) =>
        Enumerable.Range(2, Math.Max(0, key.Length - 2)).All(i => (byte)(key[i] - key[i - 1]) == (byte)(key[1] - key[0]));
}
