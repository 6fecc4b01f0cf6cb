using System.Globalization;

namespace Luware.Portal.Gateways;

/// <summary>Parses the Retry-After header in every form that services send.</summary>
internal static class RetryAfter
{
    // If a service asks for longer, the portal still checks once a day.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// Parses seconds, also with a fraction, which .NET's header type rejects, or a date. Returns null for anything else and for a past date; the caller's own
    /// pause then applies.
    /// </summary>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        return DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date > now
            ? TimeSpan.FromTicks(Math.Min((date - now).Ticks, Longest.Ticks))
            : null;
    }

    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time) =>
        response.Headers.TryGetValues("Retry-After", out var values) ? Parse(values.First(), time.GetUtcNow()) : null;
}
