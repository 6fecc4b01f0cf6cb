using Luware.Portal.Settings;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Luware.Portal.SignIn;

/// <summary>Configures the session cookie and the antiforgery cookie.</summary>
internal sealed class CookieSetup(SessionTickets tickets, IOptions<SessionSettings> sessions, IOptions<PortalSettings> portal, TimeProvider time)
    : IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name == CookieAuthenticationDefaults.AuthenticationScheme)
            Configure(options);
    }

    public void Configure(CookieAuthenticationOptions options)
    {
        options.SessionStore = tickets;
        options.EventsType = typeof(SessionEvents);
        options.TimeProvider = time;
        options.ExpireTimeSpan = sessions.Value.Idle;
        options.SlidingExpiration = true;
        // Not directly to Entra: the person must click, so that no error on either side becomes a redirect loop.
        options.LoginPath = SignInPaths.Welcome;
        options.AccessDeniedPath = SignInPaths.NotYours;
        options.ReturnUrlParameter = "returnUrl";
        options.Cookie.KeepToHost("session", portal.Value);
    }

    public void Configure(AntiforgeryOptions options) => options.Cookie.KeepToHost("form", portal.Value);
}
