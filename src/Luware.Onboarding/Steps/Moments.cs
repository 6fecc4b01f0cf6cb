using System.Globalization;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps;

/// <summary>Moments that a step hands from one reading of itself to the next: a step keeps nothing between two calls.</summary>
internal static class Moments
{
    public static DateTimeOffset? FindMoment(this StepContext context, string key) =>
        DateTimeOffset.TryParse(context.Find(key), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) ? moment : null;

    public static void Keep(this Dictionary<string, string> outputs, string key, DateTimeOffset moment) =>
        outputs[key] = moment.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>In sentences, which are stored as they are: one clock for all readers.</summary>
    public static string Utc(this DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
