using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>The keys that seal the audit. They must not lie where the database lies.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>HMAC-SHA256 is as strong as its key: not shorter than what it puts out.</summary>
    internal const int LeastKeyBytes = 32;

    private const int LongestName = 40;

    /// <summary>Name of the key that seals from now on.</summary>
    public string? CurrentKey { get; set; }

    /// <summary>By name, in base64. A key that was replaced stays: what it has sealed is checked with it.</summary>
    public Dictionary<string, string?> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of keys that cannot be put back: the chains that end with one are broken from their next entry on, and the portal starts all the same.</summary>
    public IList<string> LostKeys { get; } = [];

    /// <summary>How often the ends of chains that have grown are written to the log.</summary>
    public TimeSpan AnchorEvery { get; set; } = TimeSpan.FromHours(1);

    internal static byte[]? Decode(string? key)
    {
        var bytes = new byte[(key?.Length ?? 0) / 4 * 3 + 3];
        return Convert.TryFromBase64String(key?.Trim() ?? "", bytes, out var written) ? bytes[..written] : null;
    }

    internal sealed class Validator : IValidateOptions<AuditOptions>
    {
        private const string Make = "Make one with \"openssl rand -base64 32\" and keep it apart from the database, best as a file below Secrets:Directory.";

        public ValidateOptionsResult Validate(string? name, AuditOptions options)
        {
            var faults = Faults(options).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }

        private static IEnumerable<string> Faults(AuditOptions options)
        {
            if (options.Keys.Count == 0)
                yield return $"{Section}:{nameof(Keys)} is empty. {Make}";
            if (string.IsNullOrWhiteSpace(options.CurrentKey))
                yield return $"{Section}:{nameof(CurrentKey)} is missing. Set it to the name of the key in {Section}:{nameof(Keys)} that seals the audit.";
            else if (options.Keys.Count > 0 && !options.Keys.ContainsKey(options.CurrentKey))
                yield return $"{Section}:{nameof(Keys)}:{options.CurrentKey} is missing. {Make}";
            foreach (var (key, value) in options.Keys)
            {
                if (key.Length > LongestName)
                    yield return $"{Section}:{nameof(Keys)} has a key whose name is longer than {LongestName} characters. Give it a shorter one.";
                else if (Decode(value) is not { Length: >= LeastKeyBytes })
                    yield return $"{Section}:{nameof(Keys)}:{key} is not base64 of {LeastKeyBytes} bytes or more. {Make}";
            }

            if (options.AnchorEvery < TimeSpan.FromMinutes(1) || options.AnchorEvery > TimeSpan.FromDays(7))
                yield return $"{Section}:{nameof(AnchorEvery)} is {options.AnchorEvery}. Set it to between a minute and seven days, for example \"01:00:00\".";
        }
    }
}
