namespace Luware.Portal.Sandbox.Entra;

internal static class BearerToken
{
    /// <returns>Null if the request carries none.</returns>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..] : null;
}
