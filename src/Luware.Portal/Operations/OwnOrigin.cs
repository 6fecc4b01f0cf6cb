using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Refuses what pages of other origins request without showing it: browsers send the session's cookie along from any host of the same site. So no foreign page
/// opens a circuit, whose answers it could read, and none downloads, begins a consent or uses up limits in a person's name by a hidden frame or a picture.
/// What the browser shows as a page passes, wherever it came from: links, and every way back from Microsoft's pages. A request without these headers
/// comes from no browser or from an old one, where the cookie's SameSite rule is what is left.
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
        if (!IsHidden(context.Request.Headers) && !IsForeignConnection(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsHidden(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Site"] is ["same-site" or "cross-site"] && headers["Sec-Fetch-Dest"] is not (["document"] or []);

    private bool IsForeignConnection(HttpRequest request) =>
        request.Path.StartsWithSegments(Connections, StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments(Goodbye, StringComparison.OrdinalIgnoreCase)
        && request.Headers.Origin is [var origin, ..] && !string.Equals(origin, _own, StringComparison.OrdinalIgnoreCase);
}
