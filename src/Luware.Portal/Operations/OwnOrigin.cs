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

    /// <summary>
    /// The goodbye of a page, which some browsers send with the origin "null" because pages send no referrer. It needs the circuit's secret and only ends that
    /// circuit.
    /// </summary>
    private const string Goodbye = "/_blazor/disconnect";

    private readonly string _own = new Uri(portal.Value.PublicAddress!).GetLeftPart(UriPartial.Authority);

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments(Connections, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(Goodbye, StringComparison.OrdinalIgnoreCase)
            || context.Request.Headers.Origin is not [var origin, ..] || string.Equals(origin, _own, StringComparison.OrdinalIgnoreCase))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
