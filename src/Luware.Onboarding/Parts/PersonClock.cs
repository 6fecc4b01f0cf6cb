using System.Globalization;
using Luware.Onboarding.Texts;
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
        var (date, time) = Parts(at, seconds);
        return date is null ? time : $"{date} {time}";
    }

    /// <summary>The same within a sentence: "at 14:05", "on 26/11/2026 at 14:05".</summary>
    public string In(Say say, DateTimeOffset at, bool seconds = false)
    {
        var (date, time) = Parts(at, seconds);
        return date is null ? say["Clock.At", time] : say["Clock.On", date, time];
    }

    private (string? Date, string Time) Parts(DateTimeOffset at, bool seconds)
    {
        var local = Local(at);
        var ofDay = local.ToString(seconds ? "T" : "t", CultureInfo.CurrentCulture);
        return (local.Date == Now.Date ? null : local.ToString("d", CultureInfo.CurrentCulture), zone is null ? $"{ofDay} UTC" : ofDay);
    }
}
