using System.Security.Claims;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Counts the connections of open pages, in the process and per session, and refuses those beyond the limits. Kestrel counts only web sockets, and a browser
/// may poll instead. A connection carries at most one circuit, so this also bounds the circuits, including those that never show anything.
/// </summary>
internal sealed partial class OpenPages(IOptions<LimitSettings> limits, ILogger<OpenPages> logger) : IHubFilter
{
    /// <summary>The page that says why a page was refused.</summary>
    public const string Address = "/too-many-pages";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _bySession = new(StringComparer.Ordinal);
    private int _all;

    public int Count
    {
        get
        {
            lock (_gate)
                return _all;
        }
    }

    /// <summary>True if a page would get no connection. It is refused then, and the log says so.</summary>
    public bool Refuses(HttpContext http)
    {
        lock (_gate)
        {
            if (!IsFullFor(Session(http.User)))
                return false;
        }

        Log.Refused(logger, Count);
        return true;
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var connection = context.Context;
        if (!TryOpen(Session(connection.User)))
        {
            Log.Refused(logger, Count);
            connection.Abort();
            return;
        }

        connection.Items[this] = true;
        await next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.Remove(this))
            Close(Session(context.Context.User));
        await next(context, exception);
    }

    private bool TryOpen(string session)
    {
        lock (_gate)
        {
            if (IsFullFor(session))
                return false;
            _bySession[session] = _bySession.GetValueOrDefault(session) + 1;
            _all++;
            return true;
        }
    }

    private void Close(string session)
    {
        lock (_gate)
        {
            _all--;
            if (--_bySession[session] == 0)
                _bySession.Remove(session);
        }
    }

    private bool IsFullFor(string session) => _all >= limits.Value.OpenPages || _bySession.GetValueOrDefault(session) >= limits.Value.PagesPerSession;

    /// <summary>Connections without a session, which authorization refuses anyway, share one count.</summary>
    private static string Session(ClaimsPrincipal? person) => person is null ? "" : Actor.From(person)?.Access.SessionId ?? "";

    private static partial class Log
    {
        [LoggerMessage(3060, LogLevel.Warning, "A page was refused: its session has as many open pages as it may, or the portal has ({Pages} now).")]
        public static partial void Refused(ILogger logger, int pages);
    }
}
