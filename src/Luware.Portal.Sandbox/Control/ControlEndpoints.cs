namespace Luware.Portal.Sandbox.Control;

public static class ControlEndpoints
{
    public static void MapControl(this IEndpointRouteBuilder routes) => routes.MapGet("/", () => "sandbox");
}
