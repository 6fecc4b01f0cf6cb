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
        Harden(options.Cookie, "session");
    }

    public void Configure(AntiforgeryOptions options) => Harden(options.Cookie, "form");

    private void Harden(CookieBuilder cookie, string name)
    {
        // The prefix makes browsers accept the cookie only from this host over https.
        cookie.Name = portal.Value.IsHttps ? $"__Host-{name}" : $"portal-{name}";
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = portal.Value.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
