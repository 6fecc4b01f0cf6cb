using System.Globalization;

namespace Luware.Onboarding.Audit;

/// <summary>A position in a chain, recorded outside the database: its number and its seal.</summary>
public sealed record AuditAnchor(long Sequence, byte[] Mac)
{
    public override string ToString() => $"{Sequence}:{Convert.ToHexStringLower(Mac)}";

    /// <returns>Null if the text is not an anchor.</returns>
    public static AuditAnchor? Parse(string? text)
    {
        var parts = text?.Trim().Split(':') ?? [];
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && sequence > 0 && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit)
            ? new AuditAnchor(sequence, Convert.FromHexString(parts[1]))
            : null;
    }
}
