using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Refuses circuit connections opened by pages of another origin: browsers send the session's cookie along from any host of the same site, and let a foreign
/// page read a web socket's answers. A request without an origin does not come from a browser.
/// </summary>
internal sealed class OwnOrigin(RequestDelegate next, IOptions<PortalSettings> portal)
{
    private const string Connections = "/_blazor";

    private readonly string _own = new Uri(portal.Value.PublicAddress!).GetLeftPart(UriPartial.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Connections, StringComparison.OrdinalIgnoreCase)
            || context.Request.Headers.Origin is not [var origin, ..] || string.Equals(origin, _own, StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
