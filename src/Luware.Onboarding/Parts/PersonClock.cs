using System.Globalization;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>Times as the person at this browser reads them; one per circuit. Until the browser has named its zone: UTC, and says so.</summary>
public sealed class PersonClock(TimeProvider time)
{
    private TimeZoneInfo? zone;

    public DateTimeOffset Now => Local(time.GetUtcNow());

    /// <summary>Asks the browser once. A browser with an unknown zone keeps UTC.</summary>
    public async Task ReadZoneAsync(IJSRuntime js, CancellationToken cancellationToken)
    {
        if (zone is null
            && await js.InvokeAsync<string?>("luware.zone", cancellationToken) is { } id
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found))
            zone = found;
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc);

    /// <summary>The time of day; with the date where it is not today.</summary>
    public string Text(DateTimeOffset at, bool seconds = false)
    {
        var local = Local(at);
        var text = local.ToString(seconds ? "T" : "t", CultureInfo.CurrentCulture);
        if (local.Date != Now.Date)
            text = $"{local.ToString("d", CultureInfo.CurrentCulture)} {text}";
        return zone is null ? $"{text} UTC" : text;
    }
}
