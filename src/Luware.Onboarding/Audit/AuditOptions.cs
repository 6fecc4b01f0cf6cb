using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Audit;

/// <summary>The keys that seal the audit. They must not be stored where the database is.</summary>
public sealed class AuditOptions : ISettings
{
    /// <summary>HMAC-SHA256 is only as strong as its key, so a key must be at least as long as the hash.</summary>
    internal const int LeastKeyBytes = 32;

    private const int LongestName = 40;

    private const string Make = "Make one with \"openssl rand -base64 32\" and keep it apart from the database, best as a file below Secrets:Directory.";

    public static string Section => "Audit";

    /// <summary>Name of the key that seals from now on.</summary>
    public string? CurrentKey { get; set; }

    /// <summary>The keys by name, in base64. A replaced key stays, because the entries that it sealed are checked with it.</summary>
    public Dictionary<string, string?> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Names of keys that are lost for good: the portal starts nevertheless, and chains that end with one of them are broken from their next entry on.
    /// </summary>
    public IList<string> LostKeys { get; } = [];

    /// <summary>How often the ends of chains that have grown are written to the log.</summary>
    public TimeSpan AnchorEvery { get; set; } = TimeSpan.FromHours(1);

    public static byte[]? Decode(string? key)
    {
        var bytes = new byte[(key?.Length ?? 0) / 4 * 3 + 3];
        return Convert.TryFromBase64String(key?.Trim() ?? "", bytes, out var written) ? bytes[..written] : null;
    }

    public IEnumerable<string> Faults()
    {
        if (Keys.Count == 0)
            yield return $"{Section}:{nameof(Keys)} is empty. {Make}";
        if (string.IsNullOrWhiteSpace(CurrentKey))
            yield return $"{Section}:{nameof(CurrentKey)} is missing. Set it to the name of the key in {Section}:{nameof(Keys)} that seals the audit.";
        else if (Keys.Count > 0 && !Keys.ContainsKey(CurrentKey))
            yield return $"{Section}:{nameof(Keys)}:{CurrentKey} is missing. {Make}";
        foreach (var (key, value) in Keys)
        {
            if (key.Length > LongestName)
                yield return $"{Section}:{nameof(Keys)} has a key whose name is longer than {LongestName} characters. Give it a shorter one.";
            else if (Decode(value) is not { Length: >= LeastKeyBytes })
                yield return $"{Section}:{nameof(Keys)}:{key} is not base64 of {LeastKeyBytes} bytes or more. {Make}";
        }

        if (AnchorEvery < TimeSpan.FromMinutes(1) || AnchorEvery > TimeSpan.FromDays(7))
            yield return $"{Section}:{nameof(AnchorEvery)} is {AnchorEvery}. Set it to between a minute and seven days, for example \"01:00:00\".";
    }
}
