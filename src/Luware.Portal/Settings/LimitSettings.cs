using Luware.Onboarding.Settings;

namespace Luware.Portal.Settings;

/// <summary>Limits on what browsers may use; beyond them the portal refuses.</summary>
internal sealed class LimitSettings : ISettings
{
    public static string Section => "Limits";

    /// <summary>Maximum number of open connections.</summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>Maximum number of open pages; each holds a circuit.</summary>
    public int OpenPages { get; set; } = 5_000;

    /// <summary>Maximum number of open pages per session.</summary>
    public int PagesPerSession { get; set; } = 30;

    /// <summary>Maximum number of disconnected pages that are kept for people to reconnect to.</summary>
    public int LostPages { get; set; } = 200;

    /// <summary>How long a disconnected page is kept.</summary>
    public TimeSpan LostPageLife { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The largest message of an open page, in kilobytes.</summary>
    public int MessageKilobytes { get; set; } = 64;

    /// <summary>The largest body of a request, in kilobytes; only short forms are posted.</summary>
    public int RequestKilobytes { get; set; } = 128;

    /// <summary>The longest that a request may take, other than the connection of an open page.</summary>
    public TimeSpan RequestTime { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Faults()
    {
        if (OpenPages < 1)
            yield return $"Limits:OpenPages is {OpenPages}. Set a number of pages, for example 5000.";
        if (Connections < OpenPages)
            yield return $"Limits:Connections is {Connections}. Every open page needs one: it cannot be less than Limits:OpenPages ({OpenPages}).";
        if (PagesPerSession < 1 || PagesPerSession > OpenPages)
            yield return $"Limits:PagesPerSession is {PagesPerSession}. Set a number from 1 to Limits:OpenPages ({OpenPages}), for example 30.";
        if (LostPages < 0 || LostPages > OpenPages)
            yield return $"Limits:LostPages is {LostPages}. Set a number from 0 to Limits:OpenPages ({OpenPages}).";
        if (LostPageLife <= TimeSpan.Zero || LostPageLife > TimeSpan.FromHours(1))
            yield return $"Limits:LostPageLife is {LostPageLife}. Set a time up to an hour, for example 00:03:00.";
        if (MessageKilobytes is < 32 or > 1024)
            yield return $"Limits:MessageKilobytes is {MessageKilobytes}. Set a size from 32, which a chosen file needs, to 1024.";
        if (RequestKilobytes < MessageKilobytes)
        {
            yield return $"Limits:RequestKilobytes is {RequestKilobytes}. Browsers without web sockets post their messages: "
                + $"it cannot be less than Limits:MessageKilobytes ({MessageKilobytes}).";
        }
        if (RequestTime < TimeSpan.FromSeconds(10) || RequestTime > TimeSpan.FromMinutes(10))
            yield return $"Limits:RequestTime is {RequestTime}. Set a time from ten seconds to ten minutes, for example 00:01:00.";
    }
}
