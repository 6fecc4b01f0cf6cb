using Luware.Portal.Settings;

namespace Luware.Portal.SignIn;

internal static class HostCookies
{
    /// <summary>
    /// Keeps a cookie, or all whose names begin with this one, from other hosts and from scripts. With the prefix browsers accept it from this host over https
    /// alone, so another host of the same domain can plant none.
    /// </summary>
    public static void KeepToHost(this CookieBuilder cookie, string name, PortalSettings portal)
    {
        cookie.Name = portal.IsHttps ? $"__Host-{name}" : $"portal-{name}";
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = portal.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
