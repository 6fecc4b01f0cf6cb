using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Forbids browsers what a page of the portal never needs.</summary>
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

    // Style attributes are allowed because components set them; style elements and foreign styles are not. Forms may lead to Entra, to which sign-out
    // redirects. Web sockets are named because not every browser counts them as 'self'.
    private static string Policy(string entraOrigin, PortalSettings portal)
    {
        var host = new Uri(portal.PublicAddress!).Authority;
        var socket = portal.IsHttps ? $"wss://{host}" : $"ws://{host}";
        return string.Join("; ",
            "default-src 'self'", "script-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'", "img-src 'self' data:", "font-src 'self'",
            $"connect-src 'self' {socket}", $"form-action 'self' {entraOrigin}", "object-src 'none'", "base-uri 'self'", "frame-ancestors 'none'");
    }
}
