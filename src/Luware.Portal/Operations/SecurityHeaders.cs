using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Tells browsers what a page of the portal may never do.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, EntraAddresses entra, IOptions<PortalSettings> portal)
{
    private readonly string _policy = Policy(entra.BrowserOrigin, portal.Value);

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }

    // Style attributes, which the components set, but no style elements and no styles from elsewhere. Forms: the sign-out form's answer leads on to Entra.
    // Sockets by name: not every browser counts them as 'self'.
    private static string Policy(string entraOrigin, PortalSettings portal)
    {
        var host = new Uri(portal.PublicAddress!).Authority;
        var socket = portal.IsHttps ? $"wss://{host}" : $"ws://{host}";
        return string.Join("; ",
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'", "img-src 'self' data:", "font-src 'self'",
            $"connect-src 'self' {socket}", $"form-action 'self' {entraOrigin}", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'");
    }
}
