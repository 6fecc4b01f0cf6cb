using System.Globalization;

namespace Luware.Portal.Gateways;

/// <summary>The header Retry-After in every form in which services send it.</summary>
internal static class RetryAfter
{
    // Whoever asks for more is looked after all the same once a day.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// Seconds, which may have a fraction that .NET's own header type does not read, or a date. Null for anything else, and for a date that
    /// is over: the caller's own patience counts.
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
