using System.Globalization;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps;

/// <summary>Moments that a step hands from one reading to the next, because a step keeps no state between two calls.</summary>
internal static class Moments
{
    public static DateTimeOffset? FindMoment(this StepContext context, string key) =>
        DateTimeOffset.TryParse(context.Find(key), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : null;

    public static void Keep(this Dictionary<string, string> outputs, string key, DateTimeOffset moment) =>
        outputs[key] = moment.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Formats a moment for sentences. They are stored as text, so all readers get the same time zone.</summary>
    public static string Utc(this DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
