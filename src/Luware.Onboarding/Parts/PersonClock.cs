using System.Globalization;
using Luware.Onboarding.Texts;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>Formats times for the person at this browser; one per circuit. Until the browser has reported its time zone, times are in UTC and say so.</summary>
public sealed class PersonClock(TimeProvider time)
{
    private TimeZoneInfo? zone;

    public DateTimeOffset Now => Local(time.GetUtcNow());

    /// <summary>Asks the browser for its time zone once. UTC stays if the zone is unknown.</summary>
    public async Task ReadZoneAsync(IJSRuntime js, CancellationToken cancellationToken)
    {
        if (zone is null
            && await js.InvokeAsync<string?>("luware.zone", cancellationToken) is { } id
            && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found))
            zone = found;
    }

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone ?? TimeZoneInfo.Utc);

    /// <summary>The time of day, with the date unless it is today.</summary>
    public string Text(DateTimeOffset at, bool seconds = false)
    {
        var (date, time) = Parts(at, seconds);
        return date is null ? time : $"{date} {time}";
    }

    /// <summary>The time within a sentence: "at 14:05", "on 26/11/2026 at 14:05".</summary>
    public string In(Say say, DateTimeOffset at, bool seconds = false)
    {
        var (date, time) = Parts(at, seconds);
        return date is null ? say["Clock.At", time] : say["Clock.On", date, time];
    }

    /// <summary>The date in words and the time of day, for a text that somebody else reads on another day.</summary>
    public string InFull(DateTimeOffset at)
    {
        var text = Local(at).ToString("f", CultureInfo.CurrentCulture);
        return zone is null ? $"{text} UTC" : text;
    }

    private (string? Date, string Time) Parts(DateTimeOffset at, bool seconds)
    {
        var local = Local(at);
        var ofDay = local.ToString(seconds ? "T" : "t", CultureInfo.CurrentCulture);
        return (local.Date == Now.Date ? null : local.ToString("d", CultureInfo.CurrentCulture), zone is null ? $"{ofDay} UTC" : ofDay);
    }
}
